import type { LogPage } from '@cordboard/contract';
import type { WrittenBytes } from './rotating-file.ts';

const newline = 0x0a;

/** Whole lines as a page of them, told where each begins. */
const pageOf = (bytes: Buffer, from: number, written: WrittenBytes): LogPage => {
  const lines: LogPage['lines'] = [];
  let begin = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
    lines.push({ at: from + begin, text: bytes.toString('utf8', begin, end) });
    begin = end + 1;
  }
  return { lines, from, to: from + begin, start: written.start, end: written.end };
};

/** Twice the longest line that is written. */
const pageBytes = 131_072;

/** The lines that end before a position; null: the last lines that there are. */
export const pageBefore = (written: WrittenBytes, before: number | null, bytes = pageBytes): LogPage => {
  const to = Math.min(before ?? written.end, written.end);
  const from = Math.max(written.start, to - bytes);
  const read = written.read(from, to);
  // it begins in the middle of a line, unless nothing is before it
  const skipped = from === written.start ? 0 : read.indexOf(newline) + 1;
  return pageOf(read.subarray(skipped), from + skipped, written);
};

/** The lines from a position on; those that are gone by now are left out. */
export const pageAfter = (written: WrittenBytes, after: number, bytes = pageBytes): LogPage => {
  const from = Math.min(Math.max(after, written.start), written.end);
  return pageOf(written.read(from, Math.min(from + bytes, written.end)), from, written);
};
