import { expect, test } from 'vitest';
import { createLinkedPair } from './linked-pair.ts';
import { transportSuite } from './transport.suite.ts';

transportSuite('linked pair', async () => {
  const [near, far] = createLinkedPair();
  return { near, far, release: () => {} };
});

test('linked pair: what waits for the reader is visible as buffered', () => {
  const [near] = createLinkedPair();
  near.send('12345');
  expect(near.bufferedBytes).toBe(5);
});
