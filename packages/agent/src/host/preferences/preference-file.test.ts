import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { KeptPreferences } from '@cordboard/contract';
import { afterEach, expect, test } from 'vitest';
import { preferenceFiles } from './preference-file.ts';

const some: KeptPreferences = {
  choices: { language: 'de', ringVolume: 0.2, blink: false },
  shortcuts: { answer: 'z' },
  places: { 'tab CRM': [1, 2, 3, 4] },
};

const folders: string[] = [];
afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
});

const openFolder = () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-preferences-'));
  folders.push(folder);
  const warnings: string[] = [];
  const inner = path.join(folder, 'preferences');
  return { inner, warnings, files: preferenceFiles(inner, what => warnings.push(what)) };
};

test('WIN-220 what a person prefers is kept for him alone, whatever characters his logon id has', async () => {
  const { files, inner, warnings } = openFolder();
  for (const [index, who] of ['anna', 'Anna', '../anna', 'a:b*?', 'CON'].entries()) {
    expect(await files.read(who), who).toBeNull();
    expect(await files.keep(who, { ...some, choices: { index } }), who).toBe(true);
  }
  expect(await files.read('Anna')).toEqual({ ...some, choices: { index: 1 } });
  expect(await files.read('anna')).toEqual({ ...some, choices: { index: 0 } });
  expect(readdirSync(inner)).toHaveLength(5);
  expect(warnings).toEqual([]);
});

test.skipIf(process.platform === 'win32')('WIN-220 nobody else on the machine reads them', async () => {
  const { files, inner } = openFolder();
  await files.keep('anna', some);
  const [name = ''] = readdirSync(inner);
  expect(statSync(inner).mode & 0o077).toBe(0);
  expect(statSync(path.join(inner, name)).mode & 0o077).toBe(0);
});

test.each([
  ['half of it', '{"choices":'],
  ['of a wrong type', '{"choices":{"language":{}},"shortcuts":{},"places":{}}'],
  ['too much', JSON.stringify({ ...some, more: 'x'.repeat(70_000) })],
  ['empty', ''],
])(
  'WIN-221 a damaged file (%s) is put aside and is as none; what is kept then is another',
  async (_, text) => {
    const { files, inner, warnings } = openFolder();
    await files.keep('anna', some);
    const [name = ''] = readdirSync(inner);
    writeFileSync(path.join(inner, name), text);
    expect(await files.read('anna')).toBeNull();
    expect(readFileSync(path.join(inner, `${name}.damaged`), 'utf8')).toBe(text);
    expect(warnings).toHaveLength(1);
    expect(await files.keep('anna', some)).toBe(true);
    expect(await files.read('anna')).toEqual(some);
  },
);

test('WIN-221 a folder that cannot be written is said, and loses nothing else', async () => {
  const { files, inner, warnings } = openFolder();
  mkdirSync(path.dirname(inner), { recursive: true });
  writeFileSync(inner, 'a file where the folder should be');
  expect(await files.keep('anna', some)).toBe(false);
  expect(await files.read('anna')).toBeNull();
  expect(warnings).toHaveLength(2);
});
