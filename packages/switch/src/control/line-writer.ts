import type { Writable } from 'node:stream';

export interface LineWriter {
  write(line: object): void;
}

/** Writes JSON lines; all that one turn of the event loop produces goes out in one write. */
export function createLineWriter(stream: Writable): LineWriter {
  let batch = '';
  function flush(): void {
    const text = batch;
    batch = '';
    if (stream.writable) stream.write(text);
  }
  return {
    write(line) {
      if (batch === '') setImmediate(flush);
      batch += `${JSON.stringify(line)}\n`;
    },
  };
}
