import { connect as connectSocket } from 'node:net';
import { createManualClock } from '@cordboard/contract/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGateway } from './gateway.ts';
import {
  anna,
  attach,
  connect,
  directory,
  type GatewayBench,
  openGatewayBench,
  presentAnna,
} from './testing/gateway-bench.ts';

let bench: GatewayBench;
beforeEach(async () => {
  bench = await openGatewayBench();
});
afterEach(() => bench.close());

test('GAT-01 the right password gets a token, and the site knows of the logon first', async () => {
  const { status, body, headers } = await bench.logOn(anna);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    agentId: 1,
    privileges: ['useIntegrationInterface'],
    siteName: 'Test site',
    broker: '/broker',
  });
  expect(bench.site.state().agents[1]?.client).not.toBe('');
  expect(headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['a wrong password', { ...anna, password: 'Secret' }, 401, 'wrongCredentials'],
  ['an unknown user', { ...anna, logonId: 'bert' }, 401, 'wrongCredentials'],
  ['another site', { ...anna, siteName: 'Elsewhere' }, 403, 'unknownSite'],
  ['an unknown extension', { ...anna, extension: '9' }, 403, 'extensionRefused'],
  ['a wrong extension password', { ...anna, extensionPassword: 'x' }, 403, 'extensionRefused'],
  ['no password', { logonId: 'anna' }, 400, 'malformed'],
  ['a number as password', { ...anna, password: 7 }, 400, 'malformed'],
  ['no JSON', '{"logonId":', 400, 'malformed'],
  ['null', 'null', 400, 'malformed'],
  ['too long a body', { ...anna, password: 'x'.repeat(20_000) }, 400, 'malformed'],
])('GAT-02 %s is refused with its reason', async (_title, body, status, reason) => {
  const answer = await bench.logOn(body);
  expect([answer.status, (answer.body as { reason: string }).reason]).toEqual([status, reason]);
  expect(bench.site.state().agents[1]).toBeUndefined();
});

test('GAT-02 right extension password and site name are accepted', async () => {
  const { status } = await bench.logOn({ ...anna, extensionPassword: 'phone', siteName: 'test SITE' });
  expect(status).toBe(200);
});

test('GAT-03 a flood of wrong passwords is refused, also at the same moment, and says when to come again', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => bench.logOn({ ...anna, password: `guess ${index}` })),
  );
  const statuses = answers.map(each => each.status);
  expect(statuses.filter(each => each === 401).length).toBe(5);
  expect(statuses.filter(each => each === 429).length).toBe(15);
  const late = await bench.logOn(anna);
  expect(late.status).toBe(429);
  expect((late.body as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(0);
  expect(late.headers.get('retry-after')).not.toBeNull();
});

test('GAT-03 right passwords from one address are never too many', async () => {
  for (let index = 0; index < 40; index++) expect((await bench.logOn(anna)).status).toBe(200);
});

test('GAT-04 a page of another origin cannot log on, nor can a form', async () => {
  expect((await bench.logOn(anna, { origin: 'https://evil.example' })).status).toBe(400);
  expect((await bench.logOn(anna, { 'content-type': 'text/plain' })).status).toBe(400);
  expect((await bench.logOn(anna, { origin: bench.url })).status).toBe(200);
});

test('GAT-05 a site that has not its state yet refuses as not ready', async () => {
  await bench.site.site.close();
  const answer = await bench.logOn(anna);
  expect([answer.status, answer.body]).toMatchObject([503, { reason: 'notReady' }]);
});

test('GAT-06 beyond this machine the gateway listens with TLS only, unless told otherwise', async () => {
  const options = {
    listen: { host: '0.0.0.0', port: 0 },
    tls: null,
    site: bench.site.site,
    directory: () => directory,
    tokenKey: Buffer.alloc(32),
    tokenSeconds: 60,
    pages: {},
    clock: createManualClock(),
    logger: { ...console, with: () => options.logger, error() {}, warning() {}, info() {}, debug() {} },
  };
  await expect(openGateway(options)).rejects.toThrow('without TLS');
  const gateway = await openGateway({ ...options, allowPlainHttp: true });
  await gateway.close();
});

test('GAT-07 pages answer GET only, and what does not exist is not there', async () => {
  const statusOf = async (path: string, method = 'GET') => (await fetch(bench.url + path, { method })).status;
  expect(await statusOf('/health')).toBe(200);
  expect(await statusOf('/health', 'POST')).toBe(405);
  expect(await statusOf('/logon')).toBe(405);
  expect(await statusOf('/toString')).toBe(404);
  expect(await statusOf('/../health%00')).toBe(404);
});

test('GAT-08 bytes that are no HTTP end their connection and harm nobody', async () => {
  const socket = connectSocket(bench.gateway.address.port, '127.0.0.1');
  socket.write('\x16\x03\x01 hello \r\n\r\n');
  await new Promise(resolve => socket.once('close', resolve));
  expect((await bench.logOn(anna)).status).toBe(200);
});

const elsewhere = { address: '10.0.0.9', form: 'browser', since: '2026-11-22T22:00:00.000Z' } as const;

test('WEB-30 who is logged on elsewhere is told where, once his password was right', async () => {
  await bench.close();
  bench = await openGatewayBench({ presence: () => ({ ...presentAnna, place: elsewhere }) });
  await attach(await connect(bench), (await bench.grant()).token);
  expect((await bench.logOn({ ...anna, password: 'wrong' })).body).not.toHaveProperty('elsewhere');
  const { status, body } = await bench.logOn(anna);
  expect(status).toBe(409);
  expect(body).toMatchObject({ reason: 'loggedOnElsewhere', elsewhere });
});

test('WEB-45 a take-over that names no extension goes on where the calls are; without calls it is the user’s own', async () => {
  let hasSessions = true;
  const extensions: string[] = [];
  await bench.close();
  bench = await openGatewayBench({
    presence: () => ({ ...presentAnna, extension: '1002', hasSessions }),
    directory: () => ({ ...directory, extension: number => extensions.push(number) > 0 }),
  });
  await bench.grant();
  hasSessions = false;
  await bench.grant();
  expect(extensions).toEqual(['1002', '1001']);
});
