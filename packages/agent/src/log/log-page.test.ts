import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LogPage } from '@cordboard/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageAfter, pageBefore } from './log-page.ts';
import { openRotatingFile, type RotatingFile } from './rotating-file.ts';

let folder = '';
let open: RotatingFile[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-log-'));
});
afterEach(() => {
  for (const each of open.splice(0)) each.close();
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

const rotating = (maximumBytes = 1_000_000, files = 3) => {
  const opened = openRotatingFile({ file: path.join(folder, 'Agent.log'), maximumBytes, files });
  open.push(opened);
  return opened;
};
const texts = ({ lines }: LogPage) => lines.map(each => each.text);

test('WIN-88 the last lines come first, and the pages before them lead back to the first, without a gap', () => {
  const file = rotating();
  for (let number = 0; number < 100; number++) file.append(`line ${number} é\n`);
  let page = pageBefore(file, null, 60);
  const read: string[] = [];
  for (; page.lines.length > 0; page = pageBefore(file, page.from, 60)) read.unshift(...texts(page));
  expect(read).toEqual(Array.from({ length: 100 }, (_, number) => `line ${number} é`));
  expect(page.from).toBe(page.start);
});

test('WIN-88 what is written later follows where the page ended, also when the file was renamed meanwhile', () => {
  const file = rotating(40);
  file.append('one\n');
  const first = pageBefore(file, null);
  expect(texts(first)).toEqual(['one']);
  expect(pageAfter(file, first.to)).toMatchObject({ lines: [], to: first.to });
  file.append(`two ${'x'.repeat(30)}\n`);
  file.append('three\n');
  expect(texts(pageAfter(file, first.to))).toEqual([`two ${'x'.repeat(30)}`, 'three']);
});

test('WIN-88 a position whose lines are gone goes on with the oldest that is kept', () => {
  const file = rotating(10, 2);
  for (const text of ['one', 'two', 'three', 'four', 'five']) file.append(`${text} 78\n`);
  expect(texts(pageAfter(file, 0))).toEqual(['four 78', 'five 78']);
  expect(texts(pageBefore(file, 3))).toEqual([]);
  expect(pageAfter(file, 99_999).lines).toEqual([]);
});

test('WIN-88 what earlier runs wrote has negative positions', () => {
  writeFileSync(path.join(folder, 'Agent.log'), 'before\n');
  const file = rotating();
  file.append('now\n');
  expect(pageBefore(file, null).lines).toEqual([
    { at: -7, text: 'before' },
    { at: 0, text: 'now' },
  ]);
});
