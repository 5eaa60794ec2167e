import type { Writable } from 'node:stream';

export interface LineWriter {
  write(line: object): void;
  /** for what nobody waits for: goes out with the next line, or after a while */
  writeLater(line: object): void;
}

/** How long a line that may wait does: a write costs more than the line is worth. */
const patienceMilliseconds = 20;

/** Writes JSON lines, in order; all that one turn of the event loop produces goes out in one write. */
export function createLineWriter(stream: Writable): LineWriter {
  let batch = '';
  let flushing = false;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    const text = batch;
    batch = '';
    flushing = false;
    clearTimeout(timer);
    timer = undefined;
    if (stream.writable) stream.write(text);
  }

  return {
    write(line) {
      batch += `${JSON.stringify(line)}\n`;
      if (flushing) return;
      flushing = true;
      setImmediate(flush);
    },
    writeLater(line) {
      batch += `${JSON.stringify(line)}\n`;
      if (!flushing) timer ??= setTimeout(flush, patienceMilliseconds);
    },
  };
}
