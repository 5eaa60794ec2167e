import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Arrival, PagePort, PageSurroundings, PressedKey } from '../tab/page-surroundings.ts';

export interface FakeTab {
  readonly surroundings: PageSurroundings;
  /** greetings, with the origin that they are for */
  readonly greetings: readonly { data: unknown; targetOrigin: string }[];
  /** Posts to the page, as from a window. */
  post(arrival: Partial<Arrival>): void;
  /** A person presses a key in the page; true: the browser is kept from doing what it does with it. */
  press(key: Partial<PressedKey>): boolean;
  /** The window hands a port over; answers its other end. */
  welcome(origin?: string): FakeApplication;
  close(): void;
}

/** The application's end of a port. */
export interface FakeApplication {
  readonly asked: { id?: number; method: string; params: Record<string, unknown> }[];
  /** Sends what a script would get: an object as text, or the window's farewell as it is. */
  send(message: object): void;
  sendRaw(message: unknown): void;
  event(event: string, seq: number, ...values: unknown[]): void;
}

const initialized = { stream: 's', seq: 0, resumed: false, state: [], release: '0' };

/** A page in a tab, without a browser. */
export const createFakeTab = (
  answer: (method: string, params: Record<string, unknown>) => object = () => ({ result: true }),
): FakeTab => {
  const greetings: { data: unknown; targetOrigin: string }[] = [];
  const host = {
    postMessage: (data: unknown, targetOrigin: string) => void greetings.push({ data, targetOrigin }),
  };
  const listeners = new Set<(arrival: Arrival) => void>();
  const pressers = new Set<(key: PressedKey) => void>();
  const timers = new Set<NodeJS.Timeout>();
  const ports: MessagePort[] = [];
  const post = (arrival: Partial<Arrival>) => {
    for (const each of [...listeners]) each({ data: null, origin: '', source: host, ports: [], ...arrival });
  };
  return {
    greetings,
    post,
    press(given) {
      let prevented = false;
      const key = {
        ...{ key: '', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false },
        ...{ isTrusted: true, defaultPrevented: false },
        ...given,
        preventDefault() {
          prevented = true;
        },
      };
      for (const pressed of [...pressers]) pressed(key);
      return prevented;
    },
    surroundings: {
      host,
      isFromHost: source => source === host,
      listen(arrived) {
        listeners.add(arrived);
        return () => listeners.delete(arrived);
      },
      onKey(pressed) {
        pressers.add(pressed);
        return () => pressers.delete(pressed);
      },
      now: () => Date.now(),
      after(milliseconds, act) {
        const timer = setTimeout(act, milliseconds);
        timers.add(timer);
        return () => clearTimeout(timer);
      },
    },
    welcome(origin = 'http://127.0.0.1:8490') {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      const asked: FakeApplication['asked'] = [];
      const sendRaw = (message: unknown) => port1.postMessage(message);
      const send = (message: object) => sendRaw(JSON.stringify({ jsonrpc: '2.0', ...message }));
      port1.on('message', (text: string) => {
        const message = JSON.parse(text) as FakeApplication['asked'][number];
        asked.push(message);
        if (message.id === undefined) return;
        const given = answer(message.method, message.params);
        send({
          id: message.id,
          ...(message.method === 'initialize' ? { result: initialized } : {}),
          ...given,
        });
      });
      post({ data: { cordboard: 'port', version: 1 }, origin, ports: [port2 as unknown as PagePort] });
      return {
        asked,
        send,
        sendRaw,
        event: (event, seq, ...values) => send({ method: event, params: { seq, values } }),
      };
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const port of ports) port.close();
    },
  };
};
