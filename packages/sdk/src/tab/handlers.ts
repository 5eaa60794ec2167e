import { eventTable } from './method-table.ts';

type Handler = (...values: unknown[]) => void;

/** Who is told of which event. */
export interface Handlers {
  /** Returns what ends it. */
  add(event: string, handler: Handler): () => void;
  remove(event: string, handler: Handler): void;
  tell(event: string, values: readonly unknown[]): void;
  has(event: string): boolean;
}

/** Beside the documented ones: a request that was accepted failed later; the connection is another. */
export const ownEvents = ['operationFailed', 'connectionChanged'] as const;

const known = new Map(
  [...eventTable, ...ownEvents].flatMap(each => [
    [each, each],
    [each.slice(0, 1).toLowerCase() + each.slice(1), each],
  ]),
);

/**
 * The documented name of an event: `OnCallEvent`, also for `onCallEvent`.
 * @throws TypeError for a name that no event has
 */
export const eventName = (name: string): string => {
  const found = known.get(name);
  if (found === undefined) throw new TypeError(`There is no event ${name}.`);
  return found;
};

export const createHandlers = (): Handlers => {
  const handlers = new Map<string, Set<Handler>>();
  const remove = (event: string, handler: Handler) => void handlers.get(event)?.delete(handler);
  return {
    add(event, handler) {
      const set = handlers.get(event) ?? new Set();
      handlers.set(event, set.add(handler));
      return () => remove(event, handler);
    },
    remove,
    tell(event, values) {
      for (const handler of [...(handlers.get(event) ?? [])]) {
        // what a handler throws is the page's own, and keeps no other from hearing
        try {
          handler(...values);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
    has: event => (handlers.get(event)?.size ?? 0) > 0,
  };
};
