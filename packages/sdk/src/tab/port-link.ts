import type { Refusal } from '@cordboard/contract';
import type { PagePort } from './page-surroundings.ts';

/** What became of a request. `lost`: the connection ended first; `wrong`: the application does not take it as it is. */
export type Reply =
  | { type: 'result'; value: unknown }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'wrong'; path: string; expected: string }
  | { type: 'lost' };

/** One port: JSON-RPC 2.0 as texts, and the window's farewell as an object. */
export interface PortLink {
  request(method: string, parameters: object): { id: number; reply: Promise<Reply> };
  notify(method: string, parameters: object): void;
  close(): void;
}

interface Incoming {
  id?: unknown;
  method?: unknown;
  params?: { seq?: unknown; values?: unknown };
  result?: unknown;
  error?: {
    code?: unknown;
    data?: { reason?: unknown; detail?: unknown; path?: unknown; expected?: unknown };
  };
  cordboard?: unknown;
  reason?: unknown;
}

const replyOf = ({ error, result }: Incoming): Reply => {
  if (!error) return { type: 'result', value: result };
  const { reason, detail, path, expected } = error.data ?? {};
  if (error.code === 1 && typeof reason === 'string')
    return {
      type: 'refused',
      refusal: {
        reason: reason as Refusal['reason'],
        ...(typeof detail === 'string' && { detail }),
      },
    };
  if (typeof path === 'string' && typeof expected === 'string') return { type: 'wrong', path, expected };
  return { type: 'refused', refusal: { reason: 'internalError' } };
};

const read = (data: unknown): Incoming | null => {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : data;
    return typeof value === 'object' && value !== null ? (value as Incoming) : null;
  } catch {
    // not JSON
    return null;
  }
};

export interface PortLinkEvents {
  onEvent(event: string, seq: number, values: unknown[]): void;
  /** the other side ended it */
  onEnd(reason: string): void;
}

/** Numbers go on over all ports of a client, so that a late word about a request is never taken for another's. */
export const createPortLink = (
  port: PagePort,
  nextId: () => number,
  { onEvent, onEnd }: PortLinkEvents,
): PortLink => {
  const pending = new Map<number, (reply: Reply) => void>();
  let open = true;

  const end = () => {
    if (!open) return false;
    open = false;
    port.close();
    for (const settle of pending.values()) settle({ type: 'lost' });
    pending.clear();
    return true;
  };
  const take = (message: Incoming) => {
    if (message.cordboard === 'closed') {
      if (end()) onEnd(String(message.reason));
    } else if (typeof message.method === 'string') {
      const { seq, values } = message.params ?? {};
      if (typeof seq === 'number' && Array.isArray(values)) onEvent(message.method, seq, values);
    } else if (typeof message.id === 'number') {
      pending.get(message.id)?.(replyOf(message));
      pending.delete(message.id);
    }
  };
  port.addEventListener('message', ({ data }) => {
    const message = open ? read(data) : null;
    if (message) take(message);
  });
  port.start();

  return {
    request(method, parameters) {
      const id = nextId();
      const reply = new Promise<Reply>(settle => {
        if (!open) return settle({ type: 'lost' });
        pending.set(id, settle);
        port.postMessage(JSON.stringify({ jsonrpc: '2.0', id, method, params: parameters }));
      });
      return { id, reply };
    },
    notify(method, parameters) {
      if (open) port.postMessage(JSON.stringify({ jsonrpc: '2.0', method, params: parameters }));
    },
    close: () => void end(),
  };
};
