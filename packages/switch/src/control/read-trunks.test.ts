import { expect, test } from 'vitest';
import { trunkOf } from '../testing/bench-trunk.ts';
import { readLine } from './read-line.ts';

const line = (trunks: unknown, outside?: unknown) =>
  readLine(JSON.stringify({ provision: { realm: 'r', extensions: [], trunks, outside } }));

test('trunks of a provision are read as they are', () => {
  const trunk = trunkOf({
    tls: { authorities: '-----\n' },
    proxy: 'proxy.example:5060',
    numbers: [{ pattern: '^0', replacement: '' }],
  });
  const outside = { anonymousPrefix: '#31#', emergencyNumbers: ['112'] };
  expect(line([trunk], outside)).toEqual({
    type: 'line',
    line: { provision: { realm: 'r', extensions: [], trunks: [trunk], outside } },
  });
});

test.each([
  ['no list', 'x', undefined],
  ['a trunk without its fields', [{ name: 'x' }], undefined],
  ['a line break in a name', [trunkOf({ mainName: 'a\r\nb' })], undefined],
  ['an endless text', [trunkOf({ uri: 'x'.repeat(1_000) })], undefined],
  ['seconds that are no number', [{ ...trunkOf(), registerSeconds: '1' }], undefined],
  ['a rule without a replacement', [{ ...trunkOf(), numbers: [{ pattern: '' }] }], undefined],
  ['too many', Array.from({ length: 101 }, () => trunkOf()), undefined],
  ['rules that are none', [trunkOf()], { anonymousPrefix: 1, emergencyNumbers: [] }],
  ['TLS that is none', [{ ...trunkOf(), tls: 'yes' }], undefined],
  ['a line break in a name that is to be proved', [trunkOf({ tls: { name: 'a\nb' } })], undefined],
  ['endless authorities', [trunkOf({ tls: { authorities: 'x'.repeat(64_001) } })], undefined],
  ['nothing', [null], undefined],
])('%s is malformed', (_what, trunks, outside) => {
  expect(line(trunks, outside)).toEqual({ type: 'malformed' });
});
