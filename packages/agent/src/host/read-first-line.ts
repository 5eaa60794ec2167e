import type { Readable } from 'node:stream';

const longestLine = 65_536;

/** The first line of a stream, or all of it where it has none; nothing when it is longer than any sensible line. */
export const readFirstLine = async (stream: Readable): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    chunks.push(bytes);
    length += bytes.length;
    if (bytes.includes(0x0a) || length > longestLine) break;
  }
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split('\n', 1);
  return length > longestLine ? '' : line;
};
