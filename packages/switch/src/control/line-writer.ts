import type { Writable } from 'node:stream';

export interface LineWriter {
  write(line: object): void;
  /** for what nobody waits for: goes out with the next line, or after so many milliseconds */
  writeLater(line: object, patience?: number): void;
}

/** How long a line that may wait does: a write, which wakes the other process, costs more than the line is worth. */
export const usualPatience = 20;

/** Writes JSON lines, in order; all that one turn of the event loop produces goes out in one write. */
export function createLineWriter(stream: Writable): LineWriter {
  let batch = '';
  let flushing = false;
  let timer: NodeJS.Timeout | undefined;
  /** when the timer comes */
  let due = 0;

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
    writeLater(line, patience = usualPatience) {
      batch += `${JSON.stringify(line)}\n`;
      const latest = performance.now() + patience;
      if (flushing || (timer !== undefined && due <= latest)) return;
      clearTimeout(timer);
      due = latest;
      timer = setTimeout(flush, patience);
    },
  };
}
