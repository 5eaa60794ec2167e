import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SiteConfiguration } from '@cordboard/core';
import { expect, test } from 'vitest';
import type { SiteSetup } from '../configuration/configuration.ts';
import { toLogonDirectory } from './logon-directory.ts';
import { readTokenKey } from './token-key.ts';

const ha1 = createHash('md5').update('1001:cordboard:phone').digest('hex');
const directory = toLogonDirectory({
  configuration: {
    site: { id: 1, name: 'Demo' },
    users: [
      { id: 5, logonId: 'Anna', name: 'Anna', privileges: ['makeCalls'], extension: '1001' },
      { id: 6, logonId: 'bo', name: 'Bo', privileges: [], extension: '' },
    ],
    extensions: [{ number: '1001' }, { number: '1002' }],
  } as unknown as SiteConfiguration,
  passwordHashes: new Map([[5, 'hashed']]),
  callManager: { realm: 'cordboard', extensions: [{ extension: '1001', ha1 }] },
  templates: [],
} as unknown as SiteSetup);

test('a user is found whatever the case of the logon id; one without a hash cannot log on', () => {
  expect(directory.user('ANNA')).toEqual({
    agentId: 5,
    passwordHash: 'hashed',
    privileges: ['makeCalls'],
    extension: '1001',
  });
  expect(directory.user('bo')?.passwordHash).toBeUndefined();
  expect(directory.user('toString')).toBeUndefined();
});

test('an extension needs no password, but a password that is given must be its own', () => {
  expect(directory.extension('1001', undefined)).toBe(true);
  expect(directory.extension('1001', 'phone')).toBe(true);
  expect(directory.extension('1001', 'other')).toBe(false);
  expect(directory.extension('1002', 'phone')).toBe(false);
  expect(directory.extension('9', undefined)).toBe(false);
});

test('GAT-16 the key of tokens is made once, for its owner alone, and is the same at the next start', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'key-'));
  const file = path.join(folder, 'gateway.key');
  const made = await readTokenKey(file);
  expect(made.length).toBe(32);
  expect(await readTokenKey(file)).toEqual(made);
  expect((await stat(file)).mode & 0o077).toBe(0);
  await writeFile(file, 'short');
  await expect(readTokenKey(file)).rejects.toThrow('no key');
  await rm(folder, { recursive: true });
});
