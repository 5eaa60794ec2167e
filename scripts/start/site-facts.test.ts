import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFirstPasswords, readSiteFacts } from './site-facts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'site-facts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

test('the facts of the demo are those of its configuration', () => {
  const [demo] = readSiteFacts('demo/cordboard.yaml', null);
  expect(demo).toMatchObject({
    name: 'Demo',
    gateway: 'http://127.0.0.1:8480',
    sip: '127.0.0.1:5060',
    secretsFile: path.resolve('.cordboard/demo/secrets.yaml'),
  });
  expect(demo?.users[0]).toEqual({ logonId: 'anna', name: 'Anna Alm', extension: '1001' });
  expect(demo?.numbers).toContainEqual({ number: '702', what: 'main-menu' });
});

test('what a configuration leaves out is what the server takes', () => {
  const file = write('a.yaml', 'sites: [{ id: 4 }]');
  expect(readSiteFacts(file, null)).toEqual([
    {
      id: 4,
      name: '4',
      gateway: 'http://127.0.0.1:8480',
      sip: '127.0.0.1:5060',
      numbers: [],
      users: [],
      secretsFile: path.join(folder, 'data/secrets.yaml'),
    },
  ]);
});

test('DEM-09 who listens everywhere, with TLS, is found on this machine', () => {
  const file = write('a.yaml', 'gateway: { listen: "0.0.0.0:443", tls: {} }\nsites: [{ id: 1, name: A }]');
  expect(readSiteFacts(file, '/elsewhere')[0]).toMatchObject({
    gateway: 'https://127.0.0.1:443',
    secretsFile: '/elsewhere/secrets.yaml',
  });
});

test('first passwords are read where the server made them, and are empty elsewhere', () => {
  const file = write('a.yaml', 'dataFolder: .\nsites: [{ id: 1 }]');
  write(
    'secrets.yaml',
    'sites: { "1": { users: { anna: { initialPassword: one } }, extensions: { "1001": { password: two } } } }',
  );
  const [facts] = readSiteFacts(file, null);
  if (!facts) throw new Error('no site');
  const { ofUser, ofExtension } = readFirstPasswords(facts);
  expect([ofUser('anna'), ofExtension('1001'), ofUser('bo'), ofExtension('1')]).toEqual([
    'one',
    'two',
    '',
    '',
  ]);
});
