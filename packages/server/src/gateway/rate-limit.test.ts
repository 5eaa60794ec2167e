import { createManualClock } from '@cordboard/contract/testing';
import { expect, test } from 'vitest';
import { createTokenSigner } from './access-token.ts';
import { isLoopback } from './loopback.ts';
import { RateLimit } from './rate-limit.ts';

test('GAT-03 failures are forgiven with time, one by one', () => {
  const clock = createManualClock();
  const limit = new RateLimit({ clock, burst: 3, everyMilliseconds: 1000, names: 10 });
  for (let tries = 0; tries < 3; tries++) {
    expect(limit.wait('a')).toBe(0);
    limit.fail('a');
  }
  expect(limit.wait('a')).toBe(1000);
  expect(limit.wait('b')).toBe(0);
  clock.advance(1000);
  expect(limit.wait('a')).toBe(0);
  limit.fail('a');
  expect(limit.wait('a')).toBe(1000);
  limit.forgive('a');
  expect(limit.wait('a')).toBe(0);
});

test('GAT-03 the memory of failures is bounded', () => {
  const limit = new RateLimit({ clock: createManualClock(), burst: 1, everyMilliseconds: 1000, names: 10 });
  for (let index = 0; index < 1000; index++) limit.fail(`name ${index}`);
  expect(limit.names).toBe(10);
  expect(limit.wait('name 999')).toBeGreaterThan(0);
});

test('GAT-15 a token is read back by its key alone, and no character of it can change', () => {
  const signer = createTokenSigner(Buffer.alloc(32, 1));
  const token = { agentId: 12, logon: 'abcdefghijklmnopqrstuvwxyz', generation: 3 };
  const text = signer.sign(token);
  expect(signer.read(text)).toEqual(token);
  expect(createTokenSigner(Buffer.alloc(32, 2)).read(text)).toBeNull();
  for (let index = 0; index < text.length - 1; index++) {
    const other = text[index] === '1' ? '2' : '1';
    expect(signer.read(text.slice(0, index) + other + text.slice(index + 1))).toBeNull();
  }
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['::11', false],
  ['10.0.0.1', false],
  ['localhost.example', false],
  ['127.example', false],
])('GAT-06 %s is this machine only: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
