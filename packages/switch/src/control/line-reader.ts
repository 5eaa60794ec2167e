import { StringDecoder } from 'node:string_decoder';

/** Lines longer than this are refused, and the connection with them. In UTF-16 units. */
export const maximumLineLength = 1 << 20;

/** Cuts a byte stream into lines. Returns false once a line is too long: nothing after it can be trusted. */
export function createLineReader(line: (text: string) => void, maximum: number = maximumLineLength) {
  const decoder = new StringDecoder('utf8');
  let kept = '';
  return (chunk: Buffer): boolean => {
    const text = kept + decoder.write(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      if (end - start > maximum) return false;
      if (end > start) line(text.slice(start, end));
      start = end + 1;
    }
    kept = text.slice(start);
    return kept.length <= maximum;
  };
}
