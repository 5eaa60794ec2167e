import { expect, test } from 'vitest';
import { readLine } from './read-line.ts';

const softphone = { user: '1001.aB-_9', extension: '1001', ha1: 'a'.repeat(32) };

const read = (softphones: unknown) =>
  readLine(JSON.stringify({ provision: { realm: 'r', extensions: [], softphones } }));

test('SPH-03 the pages of a provision are read as they are; none need be named', () => {
  expect(read([softphone])).toEqual({
    type: 'line',
    line: { provision: { realm: 'r', extensions: [], softphones: [softphone] } },
  });
  expect(read(undefined)).toEqual({ type: 'line', line: { provision: { realm: 'r', extensions: [] } } });
});

test.each([
  ['no list', {}],
  ['no user', [{ ...softphone, user: undefined }]],
  ['a user with a quote', [{ ...softphone, user: 'a"b' }]],
  ['a password in the clear', [{ ...softphone, ha1: 'secret' }]],
])('SPH-03 a provision with %s is malformed', (_what, softphones) => {
  expect(read(softphones)).not.toHaveProperty('line');
});
