import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readPages } from './pages.ts';
import { browserCommand, writeDoorPage } from './show-window.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(path.join(os.tmpdir(), 'cordboard-window-'));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

test('WIN-06 the token stands on no command line: browsers get a page that its owner alone can read', () => {
  const page = writeDoorPage(folder(), 'http://127.0.0.1:1/#secret');
  expect(readFileSync(page, 'utf8')).toContain('"http://127.0.0.1:1/#secret"');
  expect(statSync(page).mode & 0o777).toBe(0o600);
  for (const platform of ['win32', 'darwin', 'linux'])
    expect(`${browserCommand(page, { platform, environment: { DISPLAY: ':0' } })}`).not.toContain('secret');
});

test('without a screen no browser is opened', () => {
  expect(browserCommand('/x', { platform: 'linux', environment: {} })).toBeNull();
});

test('Chromium shows the window as an application, where it is installed', () => {
  const bin = folder();
  const environment = { DISPLAY: ':0', PATH: bin };
  expect(browserCommand('/x', { platform: 'linux', environment })?.[0]).toBe('xdg-open');
  writeFileSync(path.join(bin, 'chromium'), '', { mode: 0o755 });
  expect(browserCommand('/x', { platform: 'linux', environment })).toEqual(['chromium', '--app=file:///x']);
});

test('a window that was not built is none', () => {
  const built = folder();
  expect(readPages(built)).toBeNull();
  writeFileSync(path.join(built, 'index.html'), '<meta content="%STYLE_NONCE% %CONNECT%">');
  writeFileSync(path.join(built, 'a.js'), '1');
  writeFileSync(path.join(built, 'notes.txt'), 'no');
  const pages = readPages(built);
  expect(pages?.first('n1', 'desk', ['ws://a', 'ws://b'])).toBe('<meta content="n1 ws://a ws://b">');
  expect([...(pages?.files.keys() ?? [])]).toEqual(['/a.js']);
});
