import { expect, test } from 'vitest';
import { callOfDialog, keepCalls } from './kept-calls.ts';

const storageOf = (text: string | null = null) => {
  let kept = text;
  return {
    getItem: () => kept,
    setItem(_key: string, value: string) {
      kept = value;
    },
  };
};
const call = (callId: string) => ({ callId, localTag: 'a', remoteTag: 'b' });

test('SPH-25 calls are kept for the next page of the same logon, and for no other', () => {
  const storage = storageOf();
  const kept = keepCalls(storage, '1001.abc');
  expect(kept.all()).toEqual([]);
  kept.add(call('one'));
  kept.add(call('two'));
  kept.add(call('one'));
  expect(keepCalls(storage, '1001.abc').all()).toEqual([call('two'), call('one')]);
  expect(keepCalls(storage, '1001.other').all()).toEqual([]);
  kept.remove('two');
  expect(kept.all()).toEqual([call('one')]);
});

test.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['no list', '{"user":"u","calls":7}'],
  ['a header in a tag', '{"user":"u","calls":[{"callId":"a","localTag":"x\\r\\nTo: y","remoteTag":"b"}]}'],
  ['a number', '{"user":"u","calls":[{"callId":1,"localTag":"x","remoteTag":"b"}]}'],
])('SPH-25 %s is no kept call', (_what, text) => {
  expect(keepCalls(storageOf(text), 'u').all()).toEqual([]);
});

test('SPH-25 more calls than anybody has are not kept', () => {
  const kept = keepCalls(storageOf(), 'u');
  for (let index = 0; index < 30; index++) kept.add(call(`call-${index}`));
  expect(kept.all()).toHaveLength(16);
});

test('SPH-63 a call that the switch names is one to go on with, and what names none is not', () => {
  expect(callOfDialog('one;to-tag=b;from-tag=a')).toEqual(call('one'));
  expect(callOfDialog('one;to-tag=b')).toBeNull();
  expect(callOfDialog('one;to-tag=b;from-tag=a b')).toBeNull();
  expect(callOfDialog('')).toBeNull();
});
