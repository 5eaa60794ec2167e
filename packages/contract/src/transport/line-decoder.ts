/** Present in Node and in every browser; named here because this package is typed for neither. */
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const newline = 0x0a;

export type LineFault = 'frame too large' | 'invalid UTF-8';

/** Cuts bytes into lines of text, however they were cut on the way. */
export interface LineDecoder {
  /** Gives each whole line to `take`, in order. After a fault nothing more is read. */
  push(bytes: Uint8Array, take: (line: string) => void): LineFault | null;
  /** Bytes of a line that has not ended. */
  readonly pendingBytes: number;
}

export const createLineDecoder = (limit: number): LineDecoder => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let parts: Uint8Array[] = [];
  let pendingBytes = 0;
  let fault: LineFault | null = null;

  const keep = (bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    // a copy: the stream may use its buffer again
    parts.push(bytes.slice());
    pendingBytes += bytes.length;
  };

  const join = (last: Uint8Array): Uint8Array => {
    if (parts.length === 0) return last;
    const whole = new Uint8Array(pendingBytes + last.length);
    let at = 0;
    for (const part of [...parts, last]) {
      whole.set(part, at);
      at += part.length;
    }
    parts = [];
    pendingBytes = 0;
    return whole;
  };

  const decode = (line: Uint8Array): string | null => {
    try {
      return decoder.decode(line);
    } catch {
      // the fatal decoder throws for nothing but invalid UTF-8
      return null;
    }
  };

  const read = (bytes: Uint8Array, take: (line: string) => void): LineFault | null => {
    let from = 0;
    for (let to = bytes.indexOf(newline, from); to !== -1; to = bytes.indexOf(newline, from)) {
      if (pendingBytes + to - from > limit) return 'frame too large';
      const line = decode(join(bytes.subarray(from, to)));
      if (line === null) return 'invalid UTF-8';
      if (line.trim() !== '') take(line);
      from = to + 1;
    }
    keep(bytes.subarray(from));
    return pendingBytes > limit ? 'frame too large' : null;
  };

  return {
    get pendingBytes() {
      return pendingBytes;
    },
    push(bytes, take) {
      fault ??= read(bytes, take);
      return fault;
    },
  };
};
