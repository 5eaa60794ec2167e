import { expect, test } from 'vitest';
import { createLinkedPair } from './linked-pair.ts';
import { transportSuite } from './transport.suite.ts';
import { wrappedTransport } from './wrapped.ts';

transportSuite('wrapped', async () => {
  const [near, far] = createLinkedPair();
  return { near: wrappedTransport(near, {}), far: wrappedTransport(far, {}), release: () => {} };
});

test('wrapped: who looks at what comes passes it on or does not, and knows of what goes', async () => {
  const [inner, far] = createLinkedPair();
  let sent = 0;
  const near = wrappedTransport(inner, {
    receive: (message, reader) => message !== 'secret' && reader(message),
    onSend() {
      sent += 1;
    },
  });
  const read: string[] = [];
  near.onMessage(message => read.push(message));
  for (const message of ['one', 'secret', 'two']) far.send(message);
  await expect.poll(() => read).toEqual(['one', 'two']);
  near.send('12345');
  expect([sent, near.bufferedBytes]).toEqual([1, 5]);
});
