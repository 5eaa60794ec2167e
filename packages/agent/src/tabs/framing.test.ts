import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { askFramingOverHttp, framingOf } from './framing.ts';

const own = 'http://127.0.0.1:8490';

test.each([
  [{}, 'allowed'],
  [{ 'x-frame-options': 'DENY' }, 'forbidden'],
  [{ 'x-frame-options': 'SameOrigin' }, 'forbidden'],
  [{ 'content-security-policy': "default-src 'self'; frame-ancestors 'none'" }, 'forbidden'],
  [{ 'content-security-policy': "frame-ancestors 'self' https://portal.example" }, 'forbidden'],
  [{ 'content-security-policy': 'frame-ancestors http://127.0.0.1:8490' }, 'allowed'],
  [{ 'content-security-policy': 'frame-ancestors http://127.0.0.1:*' }, 'allowed'],
  [{ 'content-security-policy': 'frame-ancestors *', 'x-frame-options': 'DENY' }, 'allowed'],
  [{ 'content-security-policy': "frame-ancestors *, frame-ancestors 'none'" }, 'forbidden'],
] as const)('TAB-60 a server that answers with %j lets its page be framed here: %s', (headers, framing) => {
  expect(framingOf(new Headers(headers), own)).toBe(framing);
});

test('TAB-60 what cannot be asked from here is tried in the frame', async () => {
  expect(await askFramingOverHttp(() => own)('http://127.0.0.1:1/')).toBe('unknown');
});

test('TAB-64 an address where no server is does not get so far', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  expect(await askFramingOverHttp(() => own)(`http://127.0.0.1:${port}/`)).toBe('unreachable');
});
