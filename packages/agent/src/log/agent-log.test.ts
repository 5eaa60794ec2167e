import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgentLog } from './agent-log.ts';
import { isLogLevel, LogLevel } from './level.ts';
import { openRotatingFile } from './rotating-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => path.join(folder, 'sub', 'Agent.log');
const read = (suffix = '') => readFileSync(file() + suffix, 'utf8');

const open = (level: LogLevel, maskCustomerData = false) =>
  createAgentLog({
    file: openRotatingFile({ file: file() }),
    now: () => Date.UTC(2026, 10, 22, 12),
    level,
    maskCustomerData,
  });

const writeAll = (log: ReturnType<typeof open>) => {
  log.error('e');
  log.warning('w');
  log.info('i');
  log.callFlow('c');
  log.integration({ direction: 'REQ', client: 'crm#1', name: 'makeCall', content: { number: '1' } });
  log.protocol('OUT', 'makeCall', {});
  log.detail('d');
  log.close();
};

const levels = Object.values(LogLevel).map(level => [level] as const);

test.each(levels)('APP-40 level %i writes the entries up to it and no others', level => {
  writeAll(open(level));
  const written = read()
    .split('\n')
    .filter(Boolean)
    .map(line => Number(line.split(' ')[1]));
  expect(written).toEqual([1, 2, 3, 4, 5, 6, 7].filter(each => each <= level));
});

test('APP-41 an entry is one line: time, level, direction, client, name, content, milliseconds', () => {
  const log = open(LogLevel.integration);
  log.integration({ direction: 'REQ', client: 'crm#1', name: 'makeCall', content: { number: '+46 8 1' } });
  log.integration({ direction: 'RES', client: 'crm#1', name: 'makeCall', content: true, milliseconds: 1.26 });
  log.integration({ direction: 'EVT', client: 'all(2)', name: 'OnUserLogin', content: [] });
  log.close();
  expect(read()).toBe(
    [
      '2026-11-22T12:00:00.000Z 5 REQ crm#1 makeCall {"number":"+46 8 1"}',
      '2026-11-22T12:00:00.000Z 5 RES crm#1 makeCall true 1.3 ms',
      '2026-11-22T12:00:00.000Z 5 EVT all(2) OnUserLogin []',
      '',
    ].join('\n'),
  );
});

test('APP-42 what a program sends cannot forge a line', () => {
  const log = open(LogLevel.all);
  log.integration({
    direction: 'REQ',
    client: 'evil\n2026 1 error',
    name: 'x',
    content: { a: '\u2028\u0007\n' },
  });
  log.info('one\r\ntwo');
  log.close();
  expect(read().split('\n')).toHaveLength(3);
  expect(read().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}]/u);
});

const secrets = [
  { logonId: 'anna', password: 'p4ss', extensionPassword: 'p4ss' },
  { parameters: { deep: [{ Password: 'p4ss', TOKEN: 'p4ss' }] } },
  { headers: { Authorization: 'p4ss' } },
];

test.each(levels)('APP-43 no password and no token is written at level %i', level => {
  const log = open(level);
  for (const content of secrets) {
    log.error('a', content);
    log.info('a', content);
    log.integration({ direction: 'REQ', client: 'c', name: 'launchBSAWithCredentials', content });
    log.protocol('OUT', 'logon', content);
    log.detail('a', content);
  }
  log.close();
  expect(read()).not.toContain('p4ss');
});

test('APP-44 customer data stays out of the log where the settings say so', () => {
  const content = {
    callId: 1,
    data: 'secret',
    PrivateData: 'secret',
    IVRData: ['secret'],
    digits: '1234',
    CallInfo: { IVRDataString: 'secret' },
  };
  const log = open(LogLevel.integration, true);
  log.integration({ direction: 'REQ', client: 'c', name: 'setPrivateData', content });
  log.maskCustomerData = false;
  log.integration({ direction: 'REQ', client: 'c', name: 'setPrivateData', content });
  log.close();
  const [masked, open_] = read().split('\n');
  expect(masked).not.toMatch(/secret|1234/);
  expect(masked).toContain('"callId":1');
  expect(open_).toContain('secret');
});

test('content that is very long is cut, and says how long it was', () => {
  const log = open(LogLevel.integration);
  log.integration({ direction: 'REQ', client: 'c', name: 'x', content: { data: 'x'.repeat(100_000) } });
  log.close();
  expect(read().length).toBeLessThan(20_000);
  expect(read()).toContain('(100011)');
});

test('APP-45 a full file becomes file.1, the oldest of five goes, and each is the owner’s alone', () => {
  const rotating = openRotatingFile({ file: file(), maximumBytes: 20, files: 3 });
  for (const text of ['one', 'two', 'three', 'four']) rotating.append(`${text.padEnd(15)}\n`);
  rotating.close();
  expect(read()).toContain('four');
  expect(read('.1')).toContain('three');
  expect(read('.2')).toContain('two');
  expect(existsSync(`${file()}.3`)).toBe(false);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('a log that was there is continued, and counts for the size', () => {
  openRotatingFile({ file: file() }).close();
  writeFileSync(file(), 'before\n');
  const rotating = openRotatingFile({ file: file(), maximumBytes: 10 });
  rotating.append('after it\n');
  rotating.close();
  expect(read('.1')).toBe('before\n');
  expect(read()).toBe('after it\n');
});

test('a level is a whole number from 0 to 7', () => {
  expect([0, 7, 8, -1, 5.5, '5', null].map(isLogLevel)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('APP-46 what customers typed in secret is not written, in whatever form it comes', () => {
  const log = open(LogLevel.protocol);
  log.secretFields = new Set(['pin']);
  const information = { IVRLabels: ['Order', 'PIN'], IVRData: ['4711', '8264'], IVRDataString: '4711,8264' };
  log.protocol('IN', 'event', { values: [{ ...information, CallInfo: information, IVR: '4711,8264' }] });
  log.integration({
    direction: 'REQ',
    client: 'all',
    name: 'setIVRData',
    content: { callId: 1, label: 'Pin', data: '8264' },
  });
  log.close();
  expect(read()).not.toContain('8264');
  expect(read()).toContain('"IVRData":["4711","***"]');
});
