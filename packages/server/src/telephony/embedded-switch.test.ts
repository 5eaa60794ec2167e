import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallManagerCommand } from '@cordboard/core';
import type { SwitchTrunk } from '@cordboard/switch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../logging/logger.ts';
import type { CallManagerListener } from './call-manager.ts';
import { controlSocketPath } from './control-socket-path.ts';
import { nextControllerEpoch } from './controller-epoch.ts';
import { createEmbeddedSwitch, type EmbeddedSwitch } from './embedded-switch.ts';

/** The switch's end of the control socket, played by the test line by line. */
interface Console {
  lines: Record<string, unknown>[];
  say(line: object): void;
  hangUp(): void;
}

let folder: string;
let server: Server;
let console_: Console;
let heard: unknown[][];
let needed: number;
let adapter: EmbeddedSwitch;

const listener: CallManagerListener = {
  attached: (missed, inventory, seq) =>
    heard.push(['attached', missed.map(each => each.seq), inventory, seq]),
  report: report => heard.push(['report', report.seq, report.at]),
  refused: (command, reason) => heard.push(['refused', command.type, reason]),
  lost: () => heard.push(['lost']),
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'telephony-'));
  heard = [];
  needed = 0;
  let socket: Socket | null = null;
  console_ = {
    lines: [],
    say: line => void socket?.write(`${JSON.stringify(line)}\n`),
    hangUp: () => void socket?.destroy(),
  };
  server = createServer(next => {
    socket = next;
    next.setEncoding('utf8');
    next.on('error', () => undefined);
    next.on('data', (text: string) => {
      for (const line of text.split('\n').filter(Boolean)) {
        console_.lines.push(JSON.parse(line) as Record<string, unknown>);
      }
    });
  });
  const controlSocket = path.join(folder, 'switch.sock');
  await new Promise<void>(resolve => server.listen(controlSocket, resolve));
  adapter = createEmbeddedSwitch({
    controlSocket,
    realm: 'cordboard',
    extensions: [{ extension: '1001', ha1: 'a'.repeat(32) }],
    trunks: [],
    outside,
    nextEpoch: () => nextControllerEpoch(path.join(folder, 'epoch'), 1000),
    needed: () => needed++,
    logger: createLogger(() => undefined, 'error'),
  });
});
afterEach(async () => {
  await new Promise(resolve => {
    console_.hangUp();
    server.close(resolve);
  });
  await rm(folder, { recursive: true });
});

const outside = { anonymousPrefix: '#31#', emergencyNumbers: ['112'] };
const trunk: SwitchTrunk = {
  name: 'Provider',
  uri: 'sip:{number}@192.0.2.1',
  addresses: [],
  anySourcePort: false,
  user: 'acme',
  password: 'secret',
  registerSeconds: 600,
  keepAliveSeconds: 60,
  calledNumber: 'to',
  numbers: [],
  mainNumber: '',
  mainName: '',
  showCallers: false,
  anonymous: false,
};

const attached = (instance: string, seq: number) => ({
  attached: { instance, seq, gap: false, legs: [], registrations: [] },
});
const report = (seq: number) => ({ seq, at: 5000 + seq, report: { type: 'alerting', leg: 'a' } });
const alert: CallManagerCommand = { type: 'alert', leg: 'a' };

test('TEL-01 what was missed comes with the inventory, later reports one by one, with the time at which they were', async () => {
  const link = adapter.attach({ epoch: 1, after: { instance: 'x', seq: 4 }, listener });
  await expect
    .poll(() => console_.lines[0])
    .toEqual({ attach: { epoch: 1000, instance: 'x', after: 4, patience: 250 } });
  for (const line of [report(5), report(6), attached('x', 6), report(7)]) console_.say(line);
  const inventory = { instance: 'x', legs: [], registrations: [] };
  await expect
    .poll(() => heard)
    .toEqual([
      ['attached', [5, 6], inventory, 6],
      ['report', 7, 5007],
    ]);
  link.acknowledge({ instance: 'x', seq: 7 });
  await expect.poll(() => console_.lines.at(-1)).toEqual({ ack: 7 });
  link.close();
});

const provision = (extensions: object[], trunks: object[]) => ({
  provision: { realm: 'cordboard', extensions, trunks, outside },
});

test('TEL-02 the registrar gets its extensions at every attach', async () => {
  for (const epoch of [1, 2]) {
    const link = adapter.attach({ epoch, after: null, listener });
    await expect.poll(() => console_.lines.at(-1)).toHaveProperty('attach');
    console_.say(attached('x', 0));
    await expect
      .poll(() => console_.lines.at(-1))
      .toEqual(provision([{ extension: '1001', ha1: 'a'.repeat(32) }], []));
    link.close();
  }
});

test('TEL-13 the switch gets its trunks when they change', async () => {
  const link = adapter.attach({ epoch: 1, after: null, listener });
  await expect.poll(() => console_.lines.length).toBe(1);
  console_.say(attached('x', 0));
  await expect
    .poll(() => console_.lines.at(-1))
    .toEqual(provision([{ extension: '1001', ha1: 'a'.repeat(32) }], []));
  adapter.provision({ extensions: [], trunks: [trunk], outside });
  await expect.poll(() => console_.lines.at(-1)).toEqual(provision([], [trunk]));
  link.close();
});

test('TEL-14 each trunk stands beside the figures, with its state, since when, and its calls', async () => {
  const link = adapter.attach({ epoch: 1, after: null, listener });
  await expect.poll(() => console_.lines.length).toBe(1);
  console_.say(attached('x', 0));
  await expect.poll(() => adapter.attached).toBe(true);
  const figures = adapter.stats();
  await expect.poll(() => console_.lines.at(-1)).toEqual({ stats: true });
  const trunks = [
    { name: 'One', up: true, state: 'registered', since: 0, calls: 1 },
    { name: 'Two', up: false, state: 'registrationFailed', status: 403, since: 1000, calls: 0 },
  ];
  console_.say({ stats: { legs: 3, trunks } });
  expect(await figures).toEqual({
    counted: { legs: 3 },
    trunks: [
      { name: 'One', up: true, state: 'registered', since: '1970-01-01T00:00:00.000Z', calls: 1, reason: '' },
      {
        name: 'Two',
        up: false,
        state: 'registrationFailed',
        since: '1970-01-01T00:00:01.000Z',
        calls: 0,
        reason: 'the registrar refuses with 403',
      },
    ],
  });
  link.close();
});

test('TEL-03 a refused command is told with its reason; one that was taken is not', async () => {
  const link = adapter.attach({ epoch: 1, after: null, listener });
  await expect.poll(() => console_.lines.length).toBe(1);
  console_.say(attached('x', 0));
  await expect.poll(() => adapter.attached).toBe(true);
  link.execute('1:1:0', alert);
  link.execute('1:1:1', alert);
  await expect
    .poll(() => console_.lines.slice(-2))
    .toEqual([
      { id: '1:1:0', command: alert },
      { id: '1:1:1', command: alert },
    ]);
  console_.say({ id: '1:1:0', ok: true });
  console_.say({ id: '1:1:1', ok: false, reason: 'unknownLeg' });
  await expect.poll(() => heard.at(-1)).toEqual(['refused', 'alert', 'unknownLeg']);
  expect(heard.filter(([what]) => what === 'refused').length).toBe(1);
  link.close();
});

test('TEL-04 a link that breaks is told, the switch is looked after, and the reports go on', async () => {
  const link = adapter.attach({ epoch: 1, after: null, listener });
  await expect.poll(() => console_.lines.length).toBe(1);
  console_.say(attached('x', 0));
  console_.say(report(1));
  await expect.poll(() => heard.length).toBe(2);
  const before = needed;
  console_.hangUp();
  await expect.poll(() => heard.at(-1)).toEqual(['lost']);
  expect(needed).toBe(before + 1);
  await expect
    .poll(() => console_.lines.at(-1))
    .toEqual({ attach: { epoch: 1000, instance: 'x', after: 1, patience: 250 } });
  console_.say(report(2));
  console_.say(attached('x', 2));
  await expect.poll(() => heard.at(-1)?.slice(0, 2)).toEqual(['attached', [2]]);
  link.close();
});

test('TEL-07 what is durable of an earlier instance is not acknowledged to the next', async () => {
  const link = adapter.attach({ epoch: 1, after: { instance: 'x', seq: 40 }, listener });
  await expect.poll(() => console_.lines.length).toBe(1);
  console_.say(attached('y', 3));
  await expect.poll(() => heard.length).toBe(1);
  link.acknowledge({ instance: 'x', seq: 41 });
  link.acknowledge({ instance: 'y', seq: 2 });
  await expect.poll(() => console_.lines.filter(each => 'ack' in each)).toEqual([{ ack: 2 }]);
  link.close();
});

test('TEL-05 each controller of a switch has a higher epoch, also when the clock went back', () => {
  const file = path.join(folder, 'epochs');
  expect([5000, 4000, 4000, 9000].map(now => nextControllerEpoch(file, now))).toEqual([
    5000, 5001, 5002, 9000,
  ]);
});

test('TEL-06 the control socket lies in the data folder, or elsewhere where the name would be too long', () => {
  if (process.platform === 'win32') return;
  expect(controlSocketPath('/data', 3)).toBe('/data/run/switch-3.sock');
  const far = controlSocketPath(`/${'long/'.repeat(40)}`, 3);
  expect(Buffer.byteLength(far)).toBeLessThan(104);
  expect(controlSocketPath(`/${'long/'.repeat(41)}`, 3)).not.toBe(far);
});
