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

test('TAB-60 where nobody answers the frame is tried', async () => {
  expect(await askFramingOverHttp(() => own)('http://127.0.0.1:1/')).toBe('unknown');
});
