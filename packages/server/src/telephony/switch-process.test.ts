import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@cordboard/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger, type LogEntry } from '../logging/logger.ts';
import { keepSwitch, type SwitchProcess } from './switch-process.ts';

let folder: string;
let log: LogEntry[];
let program: string;
let attached: boolean;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switch-'));
  program = path.join(folder, 'program.mjs');
  log = [];
  attached = false;
});
afterEach(() => rm(folder, { recursive: true }));

const keep = (settings: object = { a: 1 }): SwitchProcess =>
  keepSwitch({
    settingsFile: path.join(folder, 'switch.json'),
    controlSocket: path.join(folder, 'switch.sock'),
    settings: { ...settings, logFile: path.join(folder, 'switch.log') },
    attached: () => attached,
    clock: systemClock,
    logger: createLogger(entry => log.push(entry), 'debug'),
    program,
  });

const texts = () => log.map(each => each.text);
/** a switch that does nothing but answer on the socket that its settings stand beside */
const answering = `import { createServer } from 'node:net';
createServer().listen(process.argv[2].replace('.json', '.sock'));`;
const patience = { timeout: 10_000 };

test('TEL-10 a switch is started where none answers, adopted where one does, and ended when asked', async () => {
  await writeFile(program, answering);
  const first = keep();
  first.ensure();
  await expect.poll(texts, patience).toContain('the switch was started');
  attached = true;
  first.close();
  attached = false;
  const second = keep();
  second.ensure();
  await expect.poll(texts, patience).toContain('a switch that runs was adopted');
  expect(texts().filter(each => each === 'the switch was started').length).toBe(1);
  attached = true;
  await second.stop();
  expect(texts().at(-1)).toBe('the switch was ended');
  await second.stop();
});

test('TEL-11 changed settings wait for the next start of the switch, and the log says so', async () => {
  await writeFile(program, answering);
  const first = keep();
  first.ensure();
  await expect.poll(texts, patience).toContain('the switch was started');
  attached = true;
  first.close();
  attached = false;
  const second = keep({ a: 2 });
  second.ensure();
  await expect.poll(() => texts().some(each => each.includes('earlier settings')), patience).toBe(true);
  attached = true;
  await second.stop();
});

test('TEL-12 a switch that cannot start is named with its code and tried again', async () => {
  await writeFile(program, 'process.exit(2)');
  const keeper = keep();
  keeper.ensure();
  await expect
    .poll(() => log.filter(each => each.fields['reason'] === 'it ended with code 2').length, patience)
    .toBe(2);
  keeper.close();
});

test('TEL-12 and with what it wrote last: a port that somebody else has is seen in the log of the server', async () => {
  await writeFile(program, 'process.exit(1)');
  const words = 'bind EADDRINUSE 127.0.0.1:5060';
  await writeFile(path.join(folder, 'switch.log'), `2026-01-01T00:00:00.000Z error ${words}\n`);
  const keeper = keep();
  keeper.ensure();
  await expect
    .poll(() => log.map(each => each.fields['reason']), patience)
    .toContain(`it ended with code 1: ${words}`);
  keeper.close();
});
