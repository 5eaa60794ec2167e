import type { Refusal } from '@cordboard/contract';
import type { Told } from './current-state.ts';
import { greetUntilAnswered, type TrustedOrigin } from './handshake.ts';
import type { PageSurroundings } from './page-surroundings.ts';
import { createPortLink, type PortLink } from './port-link.ts';

/**
 * Keeps a page connected:
 *
 *             answered, initialized                 the port ended
 *   greeting ───────────────────────► connected ─────────────────────► greeting
 *      │ refused: again after a pause                                      closed: close(), from any
 */
export interface PageSession {
  /** The link of now, or the next one; null: none came in time, or the client was closed. */
  link(milliseconds: number): Promise<PortLink | null>;
  readonly isConnected: boolean;
  close(): void;
}

export interface PageSessionEvents {
  /** `state`: what is now, or null where every event since the last connection follows */
  onConnected(state: readonly Told[] | null): void;
  onRefused(refusal: Refusal): void;
  onEvent(event: string, seq: number, values: unknown[]): void;
  onLost(reason: string): void;
}

interface Initialized {
  stream: string;
  seq: number;
  resumed: boolean;
  state: Told[] | null;
}

const refusedPause = 2_000;

export const createPageSession = (
  surroundings: PageSurroundings,
  trusted: readonly TrustedOrigin[],
  nextId: () => number,
  events: PageSessionEvents,
): PageSession => {
  let position: { stream: string; after: number } | null = null;
  let connected: PortLink | null = null;
  let waiting: ((link: PortLink | null) => void)[] = [];
  let closed = false;
  let stop = () => {};

  const greet = () => {
    if (closed) return;
    stop = greetUntilAnswered(surroundings, trusted, port => void open(port));
  };
  const greetLater = () => {
    stop = surroundings.after(refusedPause, greet);
  };

  const open = async (port: Parameters<typeof createPortLink>[0]): Promise<void> => {
    const early: [string, number, unknown[]][] = [];
    const take = (event: string, seq: number, values: unknown[]) => {
      if (connected !== link) return void early.push([event, seq, values]);
      if (position) {
        if (seq <= position.after) return;
        position.after = seq;
      }
      events.onEvent(event, seq, values);
    };
    const link = createPortLink(port, nextId, {
      onEvent: take,
      onEnd(reason) {
        if (connected !== link) return;
        connected = null;
        events.onLost(reason);
        greet();
      },
    });
    stop = () => link.close();
    const reply = await link.request('initialize', position ? { resume: position } : {}).reply;
    if (closed) return;
    if (reply.type !== 'result') {
      link.close();
      if (reply.type === 'refused') events.onRefused(reply.refusal);
      return greetLater();
    }
    const { stream, seq, resumed, state } = reply.value as Initialized;
    if (!(resumed && position)) position = { stream, after: seq };
    connected = link;
    events.onConnected(state);
    for (const each of waiting.splice(0)) each(link);
    for (const each of early) take(...each);
  };

  greet();
  return {
    link(milliseconds) {
      if (connected || closed) return Promise.resolve(connected);
      return new Promise(resolve => {
        const cancel = surroundings.after(milliseconds, () => {
          waiting = waiting.filter(each => each !== settle);
          resolve(null);
        });
        const settle = (link: PortLink | null) => {
          cancel();
          resolve(link);
        };
        waiting.push(settle);
      });
    },
    get isConnected() {
      return connected !== null;
    },
    close() {
      closed = true;
      connected = null;
      stop();
      for (const each of waiting.splice(0)) each(null);
    },
  };
};
