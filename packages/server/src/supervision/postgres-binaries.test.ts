import { expect, test } from 'vitest';
import { chooseBinaries, inspectBinaries, parseVersion } from './postgres-binaries.ts';

const binaries = (version: number) => ({ folder: `/opt/${version}`, version, origin: 'a test' });

test.each([
  ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', 15],
  ['postgres (PostgreSQL) 18beta1', 18],
  ['postgres (PostgreSQL) 9.6.24', 9],
  ['another program 15', null],
])('%s is version %s', (output, version) => {
  expect(parseVersion(output)).toBe(version);
});

test('a folder without the programs is no installation', async () => {
  expect(await inspectBinaries('/nowhere', 'a test')).toBeNull();
});

test('a new cluster takes the preferred installation', () => {
  expect(chooseBinaries([binaries(15), binaries(18)], null).version).toBe(15);
});

test('STO-16 a cluster is only run by the major version that made it, and the refusal names both', () => {
  expect(chooseBinaries([binaries(18), binaries(15)], 15).version).toBe(15);
  expect(() => chooseBinaries([binaries(18)], 15)).toThrow(/made by PostgreSQL 15.*has 18/);
  expect(() => chooseBinaries([], null)).toThrow('DATABASE_URL');
});
