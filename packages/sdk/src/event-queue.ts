import type { ClientEvent } from './client-events.ts';
import { EventOverflowError } from './errors.ts';

/** What one reader of `events()` has not read yet. */
export interface EventQueue {
  push(event: ClientEvent): void;
  close(): void;
  readonly iterator: AsyncIterableIterator<ClientEvent>;
}

type End = { type: 'closed' } | { type: 'overflow' };

export const createEventQueue = (bound: number, onEnd: () => void): EventQueue => {
  const waiting: ClientEvent[] = [];
  const readers: PromiseWithResolvers<IteratorResult<ClientEvent>>[] = [];
  let end: End | null = null;

  const finish = (reached: End) => {
    if (end) return;
    end = reached;
    onEnd();
    for (const reader of readers.splice(0)) reader.resolve({ done: true, value: undefined });
  };

  const next = (): Promise<IteratorResult<ClientEvent>> => {
    const event = waiting.shift();
    if (event) return Promise.resolve({ done: false, value: event });
    if (end?.type === 'overflow') return Promise.reject(new EventOverflowError(bound));
    if (end) return Promise.resolve({ done: true, value: undefined });
    const reader = Promise.withResolvers<IteratorResult<ClientEvent>>();
    readers.push(reader);
    return reader.promise;
  };

  const iterator: AsyncIterableIterator<ClientEvent> = {
    next,
    return() {
      finish({ type: 'closed' });
      waiting.length = 0;
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => iterator,
  };

  return {
    iterator,
    close: () => finish({ type: 'closed' }),
    push(event) {
      const reader = readers.shift();
      if (reader) reader.resolve({ done: false, value: event });
      else if (waiting.length < bound) waiting.push(event);
      // the reader gets what is kept, then the error: it knows that it missed something
      else finish({ type: 'overflow' });
    },
  };
};
