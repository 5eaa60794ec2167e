/** Netstrings, `LENGTH:TEXT,`: the framing of baresip's control connection (module ctrl_tcp). */

export class NetstringError extends Error {
  override readonly name = 'NetstringError';
}

const maximumLength = 1 << 20;

export function printNetstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`;
}

/** Takes the pieces of a stream and hands out each whole text. @throws NetstringError */
export function createNetstringReader(onText: (text: string) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return piece => {
    rest = Buffer.concat([rest, piece]);
    for (;;) {
      const colon = rest.indexOf(':');
      if (colon === -1 && rest.length <= 7) return;
      const digits = rest.toString('latin1', 0, Math.max(0, colon));
      const length = /^\d{1,7}$/.test(digits) ? Number(digits) : Number.NaN;
      if (!(length <= maximumLength)) throw new NetstringError('no length');
      const end = colon + 1 + length;
      if (rest.length <= end) return;
      if (rest[end] !== 0x2c) throw new NetstringError('no comma at the end');
      const text = rest.toString('utf8', colon + 1, end);
      rest = rest.subarray(end + 1);
      onText(text);
    }
  };
}
