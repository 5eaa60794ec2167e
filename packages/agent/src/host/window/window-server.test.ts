import http from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openWindowServer, type WindowServer } from './window-server.ts';

const open: WindowServer[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

interface Opened {
  port: number;
  token: string;
  refused: string[];
  welcomed: string[];
}

const opened = async (): Promise<Opened> => {
  const refused: string[] = [];
  const welcomed: string[] = [];
  const server = await openWindowServer({
    pages: {
      first: nonce => `<html data-nonce="${nonce}">`,
      files: new Map([['/assets/a.js', { type: 'text/javascript', body: Buffer.from('1') }]]),
    },
    port: 0,
    welcomeProgram: () => welcomed.push('program'),
    welcomeDesk: () => welcomed.push('desk'),
    onRefused: what => refused.push(what),
  });
  open.push(server);
  const url = new URL(server.url);
  return { port: Number(url.port), token: url.hash.slice(1), refused, welcomed };
};

const ask = (port: number, path: string, options: http.RequestOptions = {}) =>
  new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, ...options }, response => {
      let body = '';
      response.on('data', piece => {
        body += piece;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    request.on('error', reject);
    request.end();
  });

/** 101 where it was let in, else the status of the refusal. */
const connect = (port: number, token: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<number>(resolve => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, ['cordboard.1', `token.${token}`], {
      headers: { origin: `http://127.0.0.1:${port}`, ...headers },
    });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => {});
  });

test('WIN-01 the window is served with a strict content security policy and without cookies', async () => {
  const { port } = await opened();
  const { status, headers, body } = await ask(port, '/');
  const policy = headers['content-security-policy'] ?? '';
  expect(status).toBe(200);
  expect(headers['set-cookie']).toBeUndefined();
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  const nonce = /data-nonce="([^"]+)"/.exec(body)?.[1] ?? 'none';
  expect(policy).toContain(`'nonce-${nonce}'`);
  expect((await ask(port, '/')).body, 'a nonce is used once').not.toContain(nonce);
  expect((await ask(port, '/assets/a.js')).headers['content-type']).toBe('text/javascript');
});

test.each(['/../package.json', '/assets/%2e%2e/index.html', '/assets', '/index.html', '//assets/a.js'])(
  'WIN-02 nothing but the built window is served: %s',
  async path => {
    const { port } = await opened();
    expect((await ask(port, path)).status).toBe(404);
  },
);

test('WIN-02 only reading is taken', async () => {
  const { port } = await opened();
  expect((await ask(port, '/', { method: 'POST' })).status).toBe(405);
});

test.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1'])(
  'WIN-03 a page asked for under another name (DNS rebinding) is refused: %s',
  async host => {
    const { port, refused } = await opened();
    expect((await ask(port, '/', { headers: { host } })).status).toBe(421);
    expect((await ask(port, '/assets/a.js', { headers: { host: 'evil.example' } })).status).toBe(421);
    expect(refused.length).toBeGreaterThan(0);
  },
);

test('WIN-04 a connection with the token, from the window itself, is let in', async () => {
  const { port, token, welcomed, refused } = await opened();
  expect(await connect(port, token, '/program')).toBe(101);
  expect(await connect(port, token, '/desk')).toBe(101);
  expect(welcomed).toEqual(['program', 'desk']);
  expect(refused).toEqual([]);
});

test.each([
  ['another origin', 403, { origin: 'http://evil.example' }],
  ['another port of this machine', 403, { origin: 'http://127.0.0.1:1' }],
  ['a page without an origin', 403, { origin: 'null' }],
  ['another name for this machine', 421, { host: 'evil.example' }],
])('WIN-04 a connection of %s is refused, token or not', async (_, status, headers) => {
  const { port, token, welcomed, refused } = await opened();
  expect(await connect(port, token, '/program', headers)).toBe(status);
  expect(welcomed).toEqual([]);
  expect(refused).toHaveLength(1);
});

test('WIN-05 without the token nobody is let in, and the token stands in no refusal', async () => {
  const { port, token, welcomed, refused } = await opened();
  const wrong = [
    token.slice(1),
    `${token}0`,
    'a'.repeat(64),
    token.replace(/^./, each => (each === '0' ? '1' : '0')),
  ];
  for (const each of wrong) expect(await connect(port, each, '/program')).toBe(401);
  expect(welcomed).toEqual([]);
  expect(JSON.stringify(refused)).not.toContain(token);
});

test('WIN-05 the token alone opens nothing else', async () => {
  const { port, token } = await opened();
  expect(await connect(port, token, '/elsewhere')).toBe(404);
});

test('WIN-05 each run of the application has a token of its own', async () => {
  const [one, other] = [await opened(), await opened()];
  expect(one.token).toMatch(/^[0-9a-f]{64}$/);
  expect(other.token).not.toBe(one.token);
});
