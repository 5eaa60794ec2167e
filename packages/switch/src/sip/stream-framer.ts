import { limits } from './limits.ts';

/** What a chunk of a stream completed. */
export interface Framed {
  /** whole messages, head and body */
  messages: Buffer[];
  /** double CRLFs that ask for a CRLF (RFC 5626 §3.5.1) */
  pings: number;
  /** the stream cannot be read any further and must be closed */
  broken: '' | 'tooLarge' | 'malformed';
}

/** Cuts a byte stream into messages by their Content-Length (RFC 3261 §18.3). What is kept is bounded. */
export class StreamFramer {
  #kept: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Framed {
    this.#kept = this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk]);
    const framed: Framed = { messages: [], pings: 0, broken: '' };
    for (;;) {
      this.#skipLineEnds(framed);
      const end = this.#kept.indexOf('\r\n\r\n');
      if (end < 0 ? this.#kept.length > limits.headBytes : end > limits.headBytes) {
        return this.#broken(framed, 'tooLarge');
      }
      if (end < 0) return framed;
      const length = contentLength(this.#kept.toString('latin1', 0, end));
      // A stream whose next message cannot be found is lost (§18.3 makes Content-Length mandatory).
      if (length === undefined) return this.#broken(framed, 'malformed');
      if (end + 4 + length > limits.messageBytes) return this.#broken(framed, 'tooLarge');
      if (this.#kept.length < end + 4 + length) return framed;
      framed.messages.push(this.#kept.subarray(0, end + 4 + length));
      this.#kept = this.#kept.subarray(end + 4 + length);
    }
  }

  #skipLineEnds(framed: Framed): void {
    let count = 0;
    while (this.#kept[count] === 13 || this.#kept[count] === 10) count++;
    if (count === 0) return;
    framed.pings += Math.floor(count / 4);
    // Half a ping stays until the rest has come.
    const rest = count % 4 !== 0 && count === this.#kept.length ? count % 4 : 0;
    this.#kept = this.#kept.subarray(count - rest);
    if (rest > 0) this.#kept = Buffer.from(this.#kept);
  }

  #broken(framed: Framed, why: 'tooLarge' | 'malformed'): Framed {
    this.#kept = Buffer.alloc(0);
    framed.broken = why;
    return framed;
  }
}

function contentLength(head: string): number | undefined {
  const matches = [...head.matchAll(/\r\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*(?=\r\n|$)/gi)];
  return matches.length === 1 ? Number(matches[0]?.[1]) : undefined;
}
