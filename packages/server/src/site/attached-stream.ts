import type { AgentSnapshot } from '@cordboard/contract';
import type { StreamText } from './stream-rings.ts';

/** What an agent's application gets when it attaches; everything later comes through the publisher, in order. */
export interface AttachedStream {
  stream: string;
  /** number of the last item that the snapshot holds */
  seq: number;
  snapshot: AgentSnapshot;
  /** the items after `after`, up to `seq`; null when they are not all kept any more */
  since(after: number): StreamText[] | null;
}

/** `stale`: the client is not that of the agent's last logon, and never will be again; `notNow`: worth another try. */
export type AttachOutcome = AttachedStream | 'stale' | 'notNow';
