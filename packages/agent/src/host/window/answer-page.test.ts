import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { answerPage, type PageSurroundings } from './answer-page.ts';
import type { Pages } from './pages.ts';

const script = Buffer.from('go()');
const pages: Pages = {
  first: (nonce, door, connect) =>
    `<html data-nonce="${nonce}" data-door="${door}" data-connect="${connect.join()}">`,
  files: new Map([
    [
      '/assets/a-1b2c.js',
      {
        type: 'text/javascript',
        body: script,
        brotli: brotliCompressSync(script),
        gzip: gzipSync(script),
      },
    ],
    ['/tab.js', { type: 'text/javascript', body: script }],
    ['/assets/b-1b2c.css', { type: 'text/css', body: Buffer.from('a{}') }],
  ]),
};

const servers: http.Server[] = [];
afterEach(() => {
  for (const each of servers.splice(0)) each.close();
});

const web: PageSurroundings = { door: 'web', connect: ["'self'", 'wss://host'] };
const crm = 'http://crm.example';
const desk: PageSurroundings = {
  door: 'desk',
  connect: [],
  tabs: { frameOrigins: () => [crm], isPageOrigin: origin => origin === crm },
};

const ask = async (path: string, headers: Record<string, string> = {}, surroundings = web) => {
  const server = http.createServer((request, response) =>
    answerPage(pages, request.url ?? '', surroundings, request, response),
  );
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise<{ headers: http.IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, headers, agent: false }, response => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(pieces) }));
      })
      .on('error', reject);
  });
};

test.each([
  ['br, gzip', 'br'],
  ['gzip, deflate, br;q=0.9', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['identity', undefined],
  ['brown', undefined],
])('WEB-01 who takes %s gets a file of the window as %s', async (accepted, coding) => {
  const { headers } = await ask('/assets/a-1b2c.js', { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBe(coding);
  expect(headers.vary).toBe('accept-encoding');
});

test('WEB-01 what is compressed is the file', async () => {
  const { body, headers } = await ask('/assets/a-1b2c.js', { 'accept-encoding': 'gzip' });
  expect(gunzipSync(body)).toEqual(script);
  expect(headers['content-length']).toBe(`${body.length}`);
  expect((await ask('/assets/b-1b2c.css', { 'accept-encoding': 'br' })).body.toString()).toBe('a{}');
});

test('WEB-02 a browser keeps the files of the window, whose names change with them, and asks for its first page each time', async () => {
  expect((await ask('/assets/a-1b2c.js')).headers['cache-control']).toContain('immutable');
  const { headers, body } = await ask('/');
  expect(headers['cache-control']).toBe('no-store');
  expect(body.toString()).toContain('data-door="web"');
  expect(body.toString()).toContain(`data-connect="'self',wss://host"`);
  expect(headers['content-security-policy']).toContain("connect-src 'self' wss://host;");
});

test('WEB-60 the script for pages in tabs is had from any origin where the server serves it, on a desk from the configured ones', async () => {
  const allowed = async (origin: string, surroundings: PageSurroundings) => {
    const { headers } = await ask('/tab.js', { origin }, surroundings);
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['cache-control']).toBe('no-cache');
    return headers['access-control-allow-origin'];
  };
  expect(await allowed(crm, web)).toBe('*');
  expect(await allowed(crm, desk)).toBe(crm);
  expect(await allowed('http://other.example', desk)).toBeUndefined();
  const { headers } = await ask('/assets/a-1b2c.js', { origin: crm });
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
});
