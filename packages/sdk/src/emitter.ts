import type { ClientEvent, ClientEventName, ClientEvents, Handler } from './client-events.ts';
import { createEventQueue } from './event-queue.ts';

type AnyHandler = (...values: never[]) => unknown;

/** Tells events to handlers and to readers of `events()`, in the order in which they came. */
export interface Emitter {
  emit<Name extends ClientEventName>(event: Name, ...values: ClientEvents[Name]): void;
  on<Name extends ClientEventName>(event: Name, handler: Handler<Name>): () => void;
  off<Name extends ClientEventName>(event: Name, handler: Handler<Name>): void;
  once<Name extends ClientEventName>(event: Name, handler: Handler<Name>): () => void;
  events(bound?: number): AsyncIterableIterator<ClientEvent>;
  close(): void;
}

/** A handler that throws is a mistake in the program: it is seen as an unhandled rejection, and the others are called all the same. */
const call = (handler: AnyHandler, values: unknown[]): void => {
  try {
    const outcome: unknown = handler(...(values as never[]));
    if (outcome instanceof Promise) void outcome;
  } catch (error) {
    void Promise.reject(error);
  }
};

export const createEmitter = (): Emitter => {
  const handlers = new Map<ClientEventName, Set<AnyHandler>>();
  const queues = new Set<ReturnType<typeof createEventQueue>>();

  const on = (event: ClientEventName, handler: AnyHandler): (() => void) => {
    const set = handlers.get(event) ?? new Set();
    handlers.set(event, set);
    set.add(handler);
    return () => void set.delete(handler);
  };

  return {
    emit(event, ...values) {
      for (const handler of [...(handlers.get(event) ?? [])]) call(handler, values);
      for (const queue of queues) queue.push({ event, values } as ClientEvent);
    },
    on: (event, handler) => on(event, handler as AnyHandler),
    off: (event, handler) => void handlers.get(event)?.delete(handler as AnyHandler),
    once(event, handler) {
      const stop = on(event, (...values: never[]) => {
        stop();
        return (handler as AnyHandler)(...values);
      });
      return stop;
    },
    events(bound = 10_000) {
      const queue = createEventQueue(bound, () => queues.delete(queue));
      queues.add(queue);
      return queue.iterator;
    },
    close() {
      for (const queue of [...queues]) queue.close();
      handlers.clear();
    },
  };
};
