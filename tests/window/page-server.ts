import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server of somebody else, on a port of its own and so of another origin than the window. */
export interface PageServer {
  readonly origin: string;
  /** what was asked for, in order */
  readonly asked: readonly string[];
  /** What a path answers with from now on. */
  put(path: string, html: string, headers?: Record<string, string>): void;
  close(): Promise<void>;
}

export const openPageServer = async (): Promise<PageServer> => {
  const pages = new Map<string, { html: string; headers: Record<string, string> }>();
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const url = request.url ?? '/';
    asked.push(`${request.method} ${url}`);
    const page = pages.get(url.split('?', 1)[0] ?? '');
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(request.method === 'HEAD' ? undefined : page?.html);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    put: (path, html, headers = {}) => void pages.set(path, { html, headers }),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
};
