import { mkdtempSync, rmSync } from 'node:fs';
import http, { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { webVisitHeader } from '@cordboard/contract';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createTokenSigner } from '../access-token.ts';
import type { LogonAnswer } from '../logon.ts';
import { refuseLogon } from '../logon.ts';
import type { PresentAgent } from '../presence.ts';
import { presentAnna } from '../testing/gateway-bench.ts';
import { createWebGate } from './web-gate.ts';

const endings: (() => void)[] = [];
afterEach(() => {
  for (const each of endings.splice(0).reverse()) each();
});

const key = Buffer.alloc(32, 7);
const tokens = createTokenSigner(key);
const logon = 'l'.repeat(32);
const granted = (): LogonAnswer => ({
  status: 200,
  body: {
    token: tokens.sign({ agentId: 1, logon, generation: 1 }),
    expiresInSeconds: 60,
    agentId: 1,
    privileges: [],
    siteName: 'Test site',
    broker: '/broker',
  },
});

/** A gate before a process that says what it was asked, and by whom. */
const openBench = async (given: { host?: 'there' | 'gone' } = {}) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-gate-'));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  const endpoint = path.join(folder, 'host.sock');
  const visits: unknown[] = [];
  const asked: string[] = [];
  const inner = createServer((request, response) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(200, { 'content-type': 'text/html' }).end('the window');
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'cordboard.1' });
  inner.on('upgrade', (request, socket, head) => {
    visits.push(JSON.parse(Buffer.from(`${request.headers[webVisitHeader]}`, 'base64url').toString()));
    sockets.handleUpgrade(request, socket, head, opened =>
      opened.on('message', text => opened.send(`heard ${text}`)),
    );
  });
  await new Promise<void>(resolve => inner.listen(endpoint, resolve));
  endings.push(() => inner.close());

  const state: { agent: PresentAgent | null | undefined; answer: LogonAnswer; logons: unknown[] } = {
    agent: { ...presentAnna, logon },
    answer: granted(),
    logons: [],
  };
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const host = given.host === 'gone' ? null : endpoint;
  const gate = createWebGate({
    origins: { listen: { host: '127.0.0.1', port }, tls: false, configured: [] },
    hosts: {
      hostOf: async () => host,
      anyHost: async () => host,
      knownHost: async () => host,
      close: async () => {},
    },
    key,
    presence: () => state.agent,
    tokens,
    tokenOf: (agentId, name) => ({ agentId, logon: name, generation: 3 }),
    tokenSeconds: 60,
    siteName: () => 'Test site',
    async logOn(body) {
      state.logons.push(body);
      return state.answer;
    },
    readBody: async request => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      return JSON.parse(Buffer.concat(pieces).toString()) as unknown;
    },
    headers: { 'Cache-Control': 'no-store' },
    maximumWindows: 4,
  });
  server.on('request', (request, response) => void gate.respond(request.url ?? '', request, response));
  server.on(
    'upgrade',
    (request, socket, head) => void gate.upgrade(request.url ?? '', request, socket, head),
  );
  endings.push(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (given: string, options: http.RequestOptions & { body?: string } = {}) =>
    new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }>((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port, path: given, agent: false, ...options },
        response => {
          let body = '';
          response.on('data', piece => {
            body += piece;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          );
        },
      );
      request.on('error', reject);
      request.end(options.body);
    });
  const logOn = (body: object, headers: Record<string, string> = {}) =>
    ask('/agent/logon', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  /** The socket, or the status of its refusal. */
  const open = (token: string, given = '/agent/desk', headers: Record<string, string> = {}) =>
    new Promise<WebSocket | number>(resolve => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${given}`, ['cordboard.1', `token.${token}`], {
        headers: { origin, ...headers },
      });
      endings.push(() => socket.terminate());
      socket.on('open', () => resolve(socket));
      socket.on('unexpected-response', (_, response) => {
        resolve(response.statusCode ?? 0);
        socket.terminate();
      });
      socket.on('error', () => {});
    });
  const token = async () => (JSON.parse((await logOn(anna)).body) as { token: string }).token;
  return { state, ask, logOn, open, token, visits, asked, origin };
};

const anna = { logonId: 'anna', password: 'secret', softphone: 1 };

test('WEB-23 the page logs on at the gateway, whose answer is a token that opens windows alone', async () => {
  const { logOn, state } = await openBench();
  const { status, headers, body } = await logOn(anna);
  expect([status, headers['cache-control'], headers['set-cookie']]).toEqual([200, 'no-store', undefined]);
  expect(Object.keys(JSON.parse(body) as object)).toEqual(['token']);
  expect(state.logons).toEqual([{ logonId: 'anna', password: 'secret' }]);
});

test('WEB-23 a refusal is the gateway’s own, with its reason and when to try again', async () => {
  const { logOn, state } = await openBench();
  state.answer = refuseLogon('tooManyTries', 7);
  const { status, headers, body } = await logOn(anna);
  expect([status, headers['retry-after']]).toEqual([429, '7']);
  expect(JSON.parse(body)).toMatchObject({ reason: 'tooManyTries', retryAfterSeconds: 7 });
});

test.each([
  ['another origin', anna, { origin: 'http://evil.example' }],
  ['no origin', anna, { origin: '' }],
  ['a form', anna, { 'content-type': 'text/plain' }],
  ['nonsense', { logonId: 7 }, {}],
])('WEB-20 a logon from %s is refused, and no password is checked', async (_, body, headers) => {
  const { logOn, state } = await openBench();
  expect((await logOn(body, headers)).status).toBe(400);
  expect(state.logons).toEqual([]);
});

test('WEB-24 a window with its token is let in, and the process is told whose it is, with a token for the broker', async () => {
  const { open, token, visits } = await openBench();
  const socket = await open(await token());
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const answer = new Promise(resolve => socket.on('message', text => resolve(`${text}`)));
  socket.send('hello');
  expect(await answer).toBe('heard hello');
  expect(visits).toMatchObject([
    { logon, logonId: 'anna', softphone: 1, extension: '1001', grant: { agentId: 1, siteName: 'Test site' } },
  ]);
  const { grant } = visits[0] as { grant: { token: string } };
  expect(tokens.read(grant.token)).toEqual({ agentId: 1, logon, generation: 3 });
});

test.each([
  ['another origin', 403, '/agent/desk', { origin: 'http://evil.example' }],
  ['no origin', 403, '/agent/desk', { origin: '' }],
  ['another name for this machine', 421, '/agent/desk', { host: 'evil.example' }],
  ['a path that is none', 404, '/agent/elsewhere', {}],
  ['a path with more behind it', 404, '/agent/desk?token=1', {}],
  ['a path written otherwise', 404, '/agent//desk', {}],
])('WEB-20 a window of %s is refused, token or not', async (_, status, given, headers) => {
  const { open, token, visits } = await openBench();
  expect(await open(await token(), given, headers)).toBe(status);
  expect(visits).toEqual([]);
});

test('WEB-24 who says himself whose window it is, is not believed', async () => {
  const { open, token, visits } = await openBench();
  const forged = Buffer.from(JSON.stringify({ logon: 'mine' })).toString('base64url');
  expect(await open('nonsense', '/agent/desk', { [webVisitHeader]: forged })).toBe(401);
  await open(await token(), '/agent/desk', { [webVisitHeader]: forged });
  expect(visits).toMatchObject([{ logon }]);
});

test('WEB-25 a token is worth nothing after the log-off, or when the agent has logged on elsewhere; the page is told which', async () => {
  const { open, token, ask, state } = await openBench();
  const mine = await token();
  const session = () => ask('/agent/session', { headers: { authorization: `Bearer ${mine}` } });
  expect((await session()).status).toBe(204);
  const elsewhere = { address: '10.0.0.9', form: 'browser', since: '2026-11-22T22:00:00.000Z' } as const;
  state.agent = { ...presentAnna, logon: 'm'.repeat(32), place: elsewhere };
  expect(await open(mine)).toBe(401);
  expect(JSON.parse((await session()).body)).toEqual({ reason: 'takenOver', elsewhere });
  state.agent = null;
  expect(await open(mine)).toBe(401);
  expect(JSON.parse((await session()).body)).toEqual({ reason: 'sessionOver' });
});

test('WEB-25 a stranger learns nothing of who is logged on', async () => {
  const { ask } = await openBench();
  for (const authorization of ['', 'Bearer', 'Bearer 1.2.3.4', `Bearer ${'a'.repeat(300)}`]) {
    const { status, body } = await ask('/agent/session', { headers: { authorization } });
    expect([status, JSON.parse(body)]).toEqual([401, { reason: 'sessionOver' }]);
  }
});

test('WEB-26 while the site has no state a page is not told that its session is over', async () => {
  const { open, token, ask, state } = await openBench();
  const mine = await token();
  state.agent = undefined;
  expect(await open(mine)).toBe(503);
  expect((await ask('/agent/session', { headers: { authorization: `Bearer ${mine}` } })).status).toBe(503);
});

test('WEB-27 so many windows may be open at once', async () => {
  const { open, token } = await openBench();
  const mine = await token();
  for (let count = 0; count < 4; count++) expect(typeof (await open(mine))).toBe('object');
  expect(await open(mine)).toBe(503);
});

test('WEB-28 pages are handed on without what else a browser sends', async () => {
  const { ask, asked } = await openBench();
  const { status, body } = await ask('/agent/', { headers: { authorization: 'Bearer x', cookie: 'a=b' } });
  expect([status, body]).toEqual([200, 'the window']);
  expect(asked[0]).not.toMatch(/cookie|authorization/);
  expect((await ask('/agent')).headers.location).toBe('/agent/');
  expect((await ask('/agent/', { method: 'PUT' })).status).toBe(405);
  expect((await ask('/agent/', { headers: { host: 'evil.example' } })).status).toBe(421);
});

test('WEB-28 where no process answers a browser is told to come again', async () => {
  const { ask, open, token } = await openBench({ host: 'gone' });
  const { status, headers } = await ask('/agent/');
  expect([status, headers['retry-after']]).toEqual([503, '2']);
  expect(await open(await token())).toBe(503);
});
