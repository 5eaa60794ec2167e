import type { Writable } from 'node:stream';

/**
 * To be called before each write to the stream: what is written in one go of the program leaves it in one write. Each write wakes the
 * reader, and costs more than all else in sending an item.
 */
export function inOneWrite(stream: Writable): () => void {
  let corked = false;
  return () => {
    if (corked) return;
    corked = true;
    stream.cork();
    queueMicrotask(() => {
      corked = false;
      stream.uncork();
    });
  };
}
