import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { openControlServer } from './control-server.ts';
import type { Controllable } from './controllable.ts';
import type { Command, Report } from './protocol.ts';
import { createReportLog } from './report-log.ts';
import { SwitchRunningError } from './socket-path.ts';
import { createSwitchClient, type SwitchClientOptions } from './switch-client.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function create(instance = 'one', folder?: string) {
  const place = folder ?? (await mkdtemp(join(tmpdir(), 'control-')));
  const path = join(place, 'run', 'control.sock');
  const performed: Command[] = [];
  const provisioned: string[] = [];
  const log = createReportLog(() => 1);
  const controllable: Controllable = {
    instance,
    log,
    perform(command) {
      performed.push(command);
      return command.leg === 'unknown' ? 'unknownLeg' : undefined;
    },
    provision: provision => void provisioned.push(provision.realm),
    inventory: () => ({ legs: [], registrations: [{ extension: '1001', address: '127.0.0.1' }] }),
    stats: () => ({ legs: 4 }) as ReturnType<Controllable['stats']>,
  };
  const server = await openControlServer(path, controllable);
  if (folder === undefined) cleanups.push(() => rm(place, { recursive: true }));
  cleanups.push(() => server.close());
  const digit = (text: string) => server.publish(log.add({ type: 'digit', leg: 'a', digit: text }), false);

  function client(options: Partial<SwitchClientOptions> = {}) {
    const seen: string[] = [];
    const made = createSwitchClient({
      path,
      epoch: 1,
      onReport: ({ seq, report }) => void seen.push(`${seq}${'digit' in report ? report.digit : ''}`),
      onAttached: ({ seq, gap }) => void seen.push(`attached ${seq}${gap ? ' gap' : ''}`),
      onReplaced: () => void seen.push('replaced'),
      ...options,
    });
    cleanups.push(() => made.close());
    return { ...made, made, seen };
  }
  return { path, folder: place, server, log, performed, provisioned, digit, client };
}

/** A connection that says what it is told, line by line. */
function raw(path: string): { socket: Socket; lines: unknown[]; closed: () => boolean } {
  const lines: unknown[] = [];
  let closed = false;
  let kept = '';
  const socket = createConnection(path);
  socket.on('data', chunk => {
    const parts = (kept + chunk.toString()).split('\n');
    kept = parts.pop() ?? '';
    for (const part of parts) lines.push(JSON.parse(part));
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  cleanups.push(() => socket.destroy());
  return { socket, lines, closed: () => closed };
}

describe('the control socket', () => {
  test('SIP-31 a controller gets what it has not, in order, then the inventory, then what happens', async () => {
    const { digit, client } = await create();
    digit('a');
    digit('b');
    const { seen } = client();
    await until(() => seen.length === 3);
    digit('c');
    await until(() => seen.length === 4);
    expect(seen).toEqual(['1a', '2b', 'attached 2', '3c']);
  });

  test('SIP-31 it goes on where it was, and what it acknowledged is forgotten', async () => {
    const { digit, client, log } = await create();
    for (const letter of 'abcd') digit(letter);
    const { seen, made } = client({ position: { instance: 'one', after: 2 } });
    await until(() => seen.length === 3);
    expect(seen).toEqual(['3c', '4d', 'attached 4']);
    made.acknowledge(3);
    await until(() => log.kept === 1);
    const late = client({ epoch: 2 });
    await until(() => late.seen.length === 2);
    expect(late.seen).toEqual(['4d', 'attached 4 gap']);
  });

  test('SIP-31 a position at another instance is a gap', async () => {
    const { digit, client } = await create();
    digit('a');
    const { seen } = client({ position: { instance: 'earlier', after: 70 } });
    await until(() => seen.length === 2);
    expect(seen).toEqual(['1a', 'attached 1 gap']);
  });

  test('SIP-31 after the switch was started again the client attaches by itself and says what is provisioned', async () => {
    const first = await create();
    const { seen, made } = first.client();
    made.provision({ realm: 'here', extensions: [] });
    await until(() => first.provisioned.length === 1);
    const waiting = made.send('x', { type: 'alert', leg: 'a' });
    await waiting;
    await first.server.close();
    const lost = made.send('y', { type: 'alert', leg: 'b' });
    const second = await create('two', first.folder);
    expect(await lost).toEqual({ id: 'y', ok: true });
    expect(second.provisioned).toEqual(['here']);
    expect(seen.at(-1)).toBe('attached 0 gap');
  });

  test('SIP-30 a command acts once, and is answered again', async () => {
    const { client, performed } = await create();
    const { made } = client();
    const command = { type: 'pickUp', leg: 'a' } as const;
    expect(await made.send('1', command)).toEqual({ id: '1', ok: true });
    expect(await made.send('1', command)).toEqual({ id: '1', ok: true });
    expect(await made.send('2', { type: 'pickUp', leg: 'unknown' })).toEqual({
      id: '2',
      ok: false,
      reason: 'unknownLeg',
    });
    expect(performed).toHaveLength(2);
  });

  test('a controller that has patience gets the result of a command that was taken with the next line, a refusal at once', async () => {
    const { path, digit } = await create();
    const { socket, lines } = raw(path);
    const say = (line: object) => socket.write(`${JSON.stringify(line)}\n`);
    say({ attach: { epoch: 1, patience: 1e9 } });
    say({ id: 'taken', command: { type: 'alert', leg: 'a' } });
    say({ id: 'refused', command: { type: 'alert', leg: 'unknown' } });
    await until(() => lines.length === 3);
    expect(lines.slice(1)).toEqual([
      { id: 'taken', ok: true },
      { id: 'refused', ok: false, reason: 'unknownLeg' },
    ]);
    say({ id: 'taken too', command: { type: 'alert', leg: 'a' } });
    digit('5');
    await until(() => lines.length === 5);
    expect(lines).toContainEqual({ id: 'taken too', ok: true });
  });

  test('SIP-32 a higher epoch throws the earlier controller out, a lower one is refused', async () => {
    const { client, digit } = await create();
    const early = client({ epoch: 5 });
    await until(() => early.seen.length === 1);
    const late = client({ epoch: 6 });
    await until(() => early.seen.includes('replaced'));
    const stale = client({ epoch: 4 });
    await until(() => stale.seen.includes('replaced'));
    digit('a');
    await until(() => late.seen.includes('1a'));
    expect(early.seen).not.toContain('1a');
    await expect(early.made.send('1', { type: 'alert', leg: 'a' })).rejects.toThrow('closed');
  });

  test('what an attached controller says wrong is answered, and what is no line of the protocol ends the connection', async () => {
    const { path, performed } = await create();
    const { socket, lines, closed } = raw(path);
    socket.write(
      '{"attach":{"epoch":1}}\n{"id":"1","command":{"type":"alert"}}\n{"id":"2","command":{"type":"fly","leg":"a"}}\n',
    );
    await until(() => lines.length === 3);
    expect(lines.slice(1)).toEqual(['1', '2'].map(id => ({ id, ok: false, reason: 'badArgument' })));
    socket.write('not json\n');
    await until(closed);
    expect(lines.at(-1)).toEqual({ refused: 'malformed' });
    expect(performed).toEqual([]);
  });

  test('a line without end is refused before it fills the memory', async () => {
    const { path } = await create();
    const { socket, lines, closed } = raw(path);
    socket.write('x'.repeat((1 << 20) + 10));
    await until(closed);
    expect(lines).toEqual([{ refused: 'tooLong' }]);
  });

  test('who has not attached can ask for counters and nothing else', async () => {
    const { path, performed } = await create();
    const { socket, lines, closed } = raw(path);
    socket.write('{"stats":true}\n');
    await until(() => lines.length === 1);
    socket.write('{"id":"1","command":{"type":"alert","leg":"a"}}\n');
    await until(closed);
    expect(lines).toEqual([{ stats: { legs: 4 } }, { refused: 'staleEpoch' }]);
    expect(performed).toEqual([]);
  });

  test('SIP-34 a socket that a dead switch left behind is taken over, a living one is not', async () => {
    const first = await create();
    await expect(create('two', first.folder)).rejects.toThrow(SwitchRunningError);
  });

  test('a client that hears nonsense connects again until it finds a switch', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nonsense-'));
    cleanups.push(() => rm(folder, { recursive: true }));
    const path = join(folder, 'switch.sock');
    let connections = 0;
    const nonsense = createServer(socket => {
      connections++;
      socket.on('error', () => {});
      socket.write(connections % 2 === 0 ? '{"half": \n' : 'null\n');
    });
    await new Promise<void>(resolve => nonsense.listen(path, resolve));
    cleanups.push(() => nonsense.close());
    const made = createSwitchClient({ path, epoch: 1, onReport() {}, onAttached() {} });
    await until(() => connections >= 3);
    expect(made.attached).toBe(false);
    made.close();
  });

  test('reports wait for the one before them', async () => {
    const { digit, client } = await create();
    const order: string[] = [];
    client({
      async onReport(report: Report) {
        order.push(`begin ${report.seq}`);
        await new Promise(resolve => setTimeout(resolve, 5));
        order.push(`end ${report.seq}`);
      },
    });
    digit('a');
    digit('b');
    await until(() => order.length === 4);
    expect(order).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });
});

describe('the report log', () => {
  test('past its bound the oldest is forgotten, and whoever asks for it hears of a gap', () => {
    const log = createReportLog(() => 1, 3);
    for (const digit of '12345') log.add({ type: 'digit', leg: 'a', digit });
    expect(log.after(0)).toMatchObject({ gap: true, reports: [{ seq: 3 }, { seq: 4 }, { seq: 5 }] });
    expect(log.after(3)).toMatchObject({ gap: false, reports: [{ seq: 4 }, { seq: 5 }] });
    expect(log.after(99)).toEqual({ gap: false, reports: [] });
  });

  test('it counts right however much is acknowledged', () => {
    const log = createReportLog(() => 1, 5_000);
    for (let i = 1; i <= 20_000; i++) {
      log.add({ type: 'alerting', leg: 'a' });
      if (i % 7 === 0) log.acknowledge(i - 3);
      expect(log.after(i - 1).reports.map(({ seq }) => seq)).toEqual([i]);
    }
    expect(log.kept).toBeLessThan(12);
  });
});
