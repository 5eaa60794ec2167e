import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { readRange } from './byte-range.ts';

export interface ServedFile {
  path: string;
  contentType: string;
  /** what every answer carries */
  headers: OutgoingHttpHeaders;
}

/**
 * Answers GET and HEAD with a file or a part of it: ETag, If-None-Match (RFC 9110 §13.1.2), Range and If-Range (§14, §13.1.5).
 * False: there is no such file, and nothing has been answered.
 */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  { path, contentType, headers }: ServedFile,
): Promise<boolean> {
  const file = await openOrNull(path);
  if (file === null) return false;
  try {
    const { size, mtimeMs } = await file.stat();
    const etag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`;
    const common = { ...headers, ETag: etag, 'Accept-Ranges': 'bytes' };
    if (namesTag(request.headers['if-none-match'], etag)) {
      response.writeHead(304, common).end();
      return true;
    }
    await sendPart(request, response, file, { size, etag, common, contentType });
    return true;
  } finally {
    await file.close().catch(() => undefined); // the stream has closed it
  }
}

interface Part {
  size: number;
  etag: string;
  common: OutgoingHttpHeaders;
  contentType: string;
}

async function sendPart(
  request: IncomingMessage,
  response: ServerResponse,
  file: FileHandle,
  { size, etag, common, contentType }: Part,
): Promise<void> {
  const condition = request.headers['if-range'];
  // §14.2: a Range counts with GET alone
  const counts = request.method === 'GET' && (condition === undefined || condition === etag);
  const range = readRange(counts ? request.headers.range : undefined, size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...common, 'Content-Range': `bytes */${size}`, 'Content-Length': 0 }).end();
    return;
  }
  const { first, last } = range === 'whole' ? { first: 0, last: size - 1 } : range;
  response.writeHead(range === 'whole' ? 200 : 206, {
    ...common,
    'Content-Type': contentType,
    'Content-Length': last - first + 1,
    ...(range !== 'whole' && { 'Content-Range': `bytes ${first}-${last}/${size}` }),
  });
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  await pipeline(file.createReadStream({ start: first, end: last, autoClose: false }), response).catch(
    (thrown: NodeJS.ErrnoException) => {
      // the player has heard enough
      if (thrown.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw thrown;
    },
  );
}

/** §13.1.2: `*`, or a list of tags, compared weakly. */
const namesTag = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some(each => each.trim().replace(/^W\//, '') === etag));

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
