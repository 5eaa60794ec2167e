import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

const patienceMilliseconds = 10_000;

/** Hands a request for a page to the process that has it, and its answer back. False: it did not answer. */
export function passRequest(
  endpoint: string,
  request: IncomingMessage,
  response: ServerResponse,
  beside: OutgoingHttpHeaders,
): Promise<boolean> {
  const { host, 'accept-encoding': coding } = request.headers;
  return new Promise(resolve => {
    const inner = http.request(
      {
        socketPath: endpoint,
        method: request.method,
        path: request.url,
        timeout: patienceMilliseconds,
        headers: { host, ...(coding !== undefined && { 'accept-encoding': coding }) },
      },
      answer => {
        const { connection: _hop, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, { ...headers, ...beside });
        answer.pipe(response);
        answer.on('error', () => response.destroy());
        resolve(true);
      },
    );
    inner.on('timeout', () => inner.destroy(new Error('no answer')));
    inner.on('error', () => resolve(false));
    inner.end();
  });
}

/** The names of the headers that a WebSocket is opened with (RFC 6455 §4.1); no other is handed on. */
const opening = [
  'host',
  'origin',
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
] as const;

/** Hands a WebSocket to the process whose it is: from there on bytes go to and fro. False: it did not take it. */
export function passUpgrade(
  endpoint: string,
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
  beside: OutgoingHttpHeaders,
): Promise<boolean> {
  const headers: OutgoingHttpHeaders = { ...beside };
  for (const name of opening) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return new Promise(resolve => {
    const inner = http.request({ socketPath: endpoint, path: request.url, headers });
    inner.on('upgrade', (answer, taken, first) => {
      const lines = [`HTTP/1.1 101 ${answer.statusMessage}`];
      for (let index = 0; index < answer.rawHeaders.length; index += 2)
        lines.push(`${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}`);
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      if (first.length > 0) socket.write(first);
      if (head.length > 0) taken.write(head);
      join(socket, taken);
      resolve(true);
    });
    inner.on('response', answer => {
      answer.resume();
      resolve(false);
    });
    inner.on('error', () => resolve(false));
    inner.setTimeout(patienceMilliseconds, () => inner.destroy(new Error('no answer')));
    inner.end();
  });
}

/** What one end says the other hears; when one is gone the other goes. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}
