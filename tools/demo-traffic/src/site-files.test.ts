import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSiteFiles, SiteFilesError } from './site-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'site-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const configuration = `dataFolder: .
sites:
  - id: 3
    sip: { listen: "127.0.0.1:5070", soundFolder: sounds }
`;
const secrets = `sites:
  "3":
    extensions:
      "2001": { password: first }
      "2002": { ha1: 00000000000000000000000000000000 }
`;

const write = (files: Record<string, string>): string => {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return path.join(folder, 'cordboard.yaml');
};

test('DEM-06 the passwords of the customers come from the secrets file of the site', () => {
  const file = write({ 'cordboard.yaml': configuration, 'secrets.yaml': secrets });
  const site = readSiteFiles(file);
  expect(site.sip).toEqual({ address: '127.0.0.1', port: 5070 });
  expect(site.soundFolder).toBe(path.join(folder, 'sounds'));
  expect([...site.passwords]).toEqual([['2001', 'first']]);
  expect(readSiteFiles(file, folder)).toEqual(site);
});

test.each([
  ['no configuration', {}, 'cordboard.yaml'],
  ['no YAML', { 'cordboard.yaml': '{' }, 'cordboard.yaml'],
  ['an empty file', { 'cordboard.yaml': '' }, 'no sip'],
  ['no site', { 'cordboard.yaml': 'sites: []' }, 'no sip'],
  ['a site without sip', { 'cordboard.yaml': 'sites: [{ id: 1 }]' }, 'no sip'],
  ['no secrets', { 'cordboard.yaml': configuration }, 'secrets.yaml is not there'],
])('%s is told', (_, files: Record<string, string>, says) => {
  const file = write(files);
  expect(() => readSiteFiles(file)).toThrow(SiteFilesError);
  expect(() => readSiteFiles(file)).toThrow(says);
});
