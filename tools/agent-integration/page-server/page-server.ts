import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { interfaceFacts } from './method-facts.ts';

export interface PageServerOptions {
  /** 0 = any free one */
  port: number;
  /** the built `tab.js` of the window, which pages connect by; null: it was not built, and they say that they are not connected */
  tabScript: Buffer | null;
}

export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

const folder = path.resolve(import.meta.dirname, '..');
const folders = ['pages', 'javascript-test', 'sample-crm'];

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
};

/** Only a window of this machine may frame the pages. */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors http://127.0.0.1:* http://localhost:*',
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

interface Answer {
  type: string;
  body: string | Buffer;
}

/** A browser takes the types of TypeScript no more than Node does, and knows no packages. */
const forBrowsers = (source: string): string =>
  stripTypeScriptTypes(source).replaceAll("'@cordboard/sdk/tab'", "'/tab.js'");

/** Reads what is served into memory, by path: nothing else is, whatever is asked for. */
const readAnswers = (tabScript: Buffer | null): ReadonlyMap<string, Answer> => {
  const answers = new Map<string, Answer>();
  for (const name of folders.flatMap(each =>
    readdirSync(path.join(folder, each)).map(file => `${each}/${file}`),
  )) {
    const type = types[path.extname(name)];
    if (!type || name.endsWith('.test.ts')) continue;
    const text = readFileSync(path.join(folder, name), 'utf8');
    answers.set(`/${name}`, { type, body: name.endsWith('.ts') ? forBrowsers(text) : text });
  }
  for (const page of ['javascript-test', 'sample-crm']) {
    const first = answers.get(`/${page}/index.html`);
    if (first) answers.set(`/${page}/`, first);
  }
  answers.set('/interface.json', { type: 'application/json', body: JSON.stringify(interfaceFacts()) });
  if (tabScript) answers.set('/tab.js', { type: 'text/javascript; charset=utf-8', body: tabScript });
  return answers;
};

/** Serves the script test page and the sample CRM on the loopback, as an integrator's own server would. */
export const openPageServer = async ({ port, tabScript }: PageServerOptions): Promise<PageServer> => {
  const answers = readAnswers(tabScript);
  const server = http.createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000 },
    (request, response) => {
      const end = (status: number, type = 'text/plain', body: string | Buffer = '') =>
        response
          .writeHead(status, { ...headers, 'content-type': type })
          .end(request.method === 'HEAD' ? undefined : body);
      if (request.method !== 'GET' && request.method !== 'HEAD') return end(405);
      const answer = answers.get((request.url ?? '').split('?', 1)[0] ?? '');
      return answer ? end(200, answer.type, answer.body) : end(404, 'text/plain', 'There is no such page.');
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
};
