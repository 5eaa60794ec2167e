import { browserSurroundings } from './page-surroundings.ts';
import { createTabClient, type TabClient } from './tab-client.ts';

/** `<script src="http://127.0.0.1:8490/tab-classic.js">`: `window.agentClient` is there at once, and its calls wait for the connection. */
const own = globalThis as unknown as {
  agentClient?: TabClient;
  document: { currentScript: { src: string; dataset: { origin?: string } } | null };
};
const script = own.document.currentScript;
const origin = script ? (script.dataset.origin ?? new URL(script.src).origin) : '';

own.agentClient = createTabClient({ surroundings: browserSurroundings(), trusted: [origin] });
