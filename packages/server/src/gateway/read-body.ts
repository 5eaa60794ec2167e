import type { IncomingMessage } from 'node:http';

/** The body as JSON; `undefined` when it is too long (the rest is then left unread), not JSON, or broken off. */
export function readJson(request: IncomingMessage, maximumBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise(resolve => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maximumBytes) chunks.push(chunk);
      else {
        request.pause();
        resolve(undefined);
      }
    });
    request.on('end', () => resolve(parsed(Buffer.concat(chunks))));
    request.on('close', () => resolve(undefined));
    request.on('error', () => resolve(undefined));
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    // JSON.parse throws for nothing but a syntax error
    return undefined;
  }
}
