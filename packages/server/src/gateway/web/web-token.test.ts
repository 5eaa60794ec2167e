import { expect, test } from 'vitest';
import { createTokenSigner } from '../access-token.ts';
import { createWebTokenSigner, type WebToken } from './web-token.ts';

const key = Buffer.alloc(32, 7);
const signer = createWebTokenSigner(key);
const token: WebToken = { agentId: 1, logon: 'a'.repeat(32), softphone: 1 };

test('WEB-22 a window’s token is known again by any server with the same key', () => {
  expect(createWebTokenSigner(key).read(signer.sign(token))).toEqual(token);
  expect(createWebTokenSigner(Buffer.alloc(32, 8)).read(signer.sign(token))).toBeNull();
});

test('WEB-22 a window’s token does not open the broker, nor the broker’s a window', () => {
  const broker = createTokenSigner(key);
  expect(broker.read(signer.sign(token))).toBeNull();
  expect(signer.read(broker.sign({ agentId: 1, logon: token.logon, generation: 1 }))).toBeNull();
});

test('WEB-22 a changed token is none', () => {
  const good = signer.sign(token);
  const changed = [
    good.replace(/^1/, '2'),
    good.replace('.1.', '.0.'),
    good.replace('.aaaa', '.baaa'),
    `${good}a`,
    good.slice(0, -1),
    `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
    '',
    'a'.repeat(100_000),
  ];
  for (const each of changed.slice(0, 5)) expect(signer.read(each), each).toBeNull();
  for (const each of changed.slice(6)) expect(signer.read(each)).toBeNull();
});
