import { spawn } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createSwitchClient } from './control/switch-client.ts';
import { freePort } from './testing/free-port.ts';
import type { PhoneCall } from './testing/phone.ts';
import { switchHouses } from './testing/switch-houses.ts';
import type { SwitchProcess } from './testing/switch-process.ts';
import { until } from './testing/until.ts';

const { house, atEnd } = switchHouses(afterEach);

const loud = 0.1;
const quiet = 0.01;

/** 1001 calls, 1002 is called by the switch and answers: both legs, connected. */
async function talk(made: SwitchProcess, options: Parameters<SwitchProcess['phone']>[1] = {}) {
  const caller = await made.phone('1001', { tone: 600, ...options });
  const called = await made.phone('1002', { tone: 1_000, whenCalled: 'answer', ...options });
  expect(await called.register()).toBe(200);
  const call = await caller.call('5000');
  const { leg } = await made.seen('arrived');
  await made.send({ type: 'answer', leg, media: { type: 'none' } });
  await call.waitFor('up');
  await made.originate('agent', '1002', { callerNumber: '1001', media: { type: 'connected', with: leg } });
  const other = await called.nextCall();
  await made.seen('answered', 'agent');
  return { call, other, leg };
}

async function hearsOnly(call: PhoneCall, hertz: number, not: number): Promise<void> {
  expect(await call.level(hertz)).toBeGreaterThan(loud);
  expect(await call.level(not)).toBeLessThan(quiet);
}

describe('the switch process', () => {
  test.each([
    { transport: 'UDP', payloadTypes: [0, 8] },
    { transport: 'TCP', payloadTypes: [8] },
  ] as const)('SIP-20 a tone of each phone is heard at the other: %j', async options => {
    const made = await house();
    const { call, other } = await talk(made, options);
    await hearsOnly(call, 1_000, 600);
    await hearsOnly(other, 600, 1_000);
    call.hangUp();
  });

  test('digits go both ways, and hold with a tone is heard', async () => {
    const made = await house();
    const { call, other, leg } = await talk(made);
    await call.sendDigits('147*');
    await until(() => made.reports.filter(({ type }) => type === 'digit').length === 4);
    await made.send({ type: 'sendDigits', leg: 'agent', digits: '9#' });
    await until(() => other.digits.endsWith('9#'));
    await made.send({ type: 'setHold', leg, on: true });
    await made.send({
      type: 'setMedia',
      leg,
      media: { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] },
    });
    await until(() => call.peerDirection === 'sendonly');
    expect(await call.level(425)).toBeGreaterThan(0.02);
    await made.send({ type: 'setMedia', leg, media: { type: 'connected', with: 'agent' } });
    await made.send({ type: 'setHold', leg, on: false });
    await until(() => call.peerDirection === 'sendrecv');
    await until(async () => (await call.level(1_000)) > loud);
    expect(await call.hold()).toBe(200);
    await made.seen('held', leg);
  });

  test('SIP-19 a phone that vanishes frees its call', async () => {
    const made = await house({ rtpSilenceSeconds: 1 });
    const { call, other, leg } = await talk(made);
    call.audio.setSending(false);
    expect(await made.seen('cleared', leg)).toMatchObject({ cause: 'mediaTimeout', byRemote: false });
    await call.waitFor('ended');
    expect(other.state).toBe('up');
  });

  test('SIP-33 calls go on and arrive while there is no controller; the next one learns of them', async () => {
    const made = await house();
    const { call, other, leg } = await talk(made);
    made.client.close();
    const caller = await made.phone('1001', { tone: 800 });
    const waiting = await caller.call('5001');
    await hearsOnly(call, 1_000, 600);
    expect(waiting.state).toBe('calling');
    other.hangUp();
    const seen: string[] = [];
    const second = createSwitchClient({
      path: join(made.folder, 'run', 'switch.sock'),
      epoch: 2,
      onReport: ({ report }) => void seen.push(report.type),
      onAttached: ({ legs }) =>
        void seen.push(`attached with ${legs.map(one => `${one.leg === leg}-${one.state}`).sort()}`),
    });
    atEnd(async () => second.close());
    await until(() => seen.some(entry => entry.startsWith('attached')));
    expect(seen.filter(entry => entry === 'arrived')).toHaveLength(2);
    expect(seen).toContain('cleared');
    expect(seen.at(-1)).toBe('attached with false-arriving,true-up');
  });

  test("SIP-34 its socket is the owner's alone and a second switch does not start on it", async () => {
    const made = await house();
    const socket = await stat(join(made.folder, 'run', 'switch.sock'));
    const folder = await stat(join(made.folder, 'run'));
    expect([socket.mode & 0o777, folder.mode & 0o777]).toEqual([0o600, 0o700]);
    const second = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname, made.settingsPath]);
    let said = '';
    second.stderr.on('data', chunk => {
      said += chunk;
    });
    const code = await new Promise(resolve => second.once('exit', resolve));
    expect({ code, said }).toEqual({
      code: expect.any(Number),
      said: expect.stringMatching(/a switch already answers/),
    });
    await made.client.stats();
  });

  test('SIP-35 a hang-up of its terminal does not end it', async () => {
    const made = await house();
    const { call } = await talk(made);
    made.child.kill('SIGHUP');
    await hearsOnly(call, 1_000, 600);
    expect(made.child.exitCode).toBeNull();
  });

  test('SIP-35 it outlives the process that started it, killed without a word', async () => {
    const made = await house();
    await made.client.stats();
    const settings = JSON.parse(await readFile(made.settingsPath, 'utf8'));
    const controlSocket = join(made.folder, 'second', 'switch.sock');
    const logFile = join(made.folder, 'second.log');
    const path = join(made.folder, 'second.json');
    await writeFile(
      path,
      JSON.stringify({ ...settings, controlSocket, logFile, sip: { port: await freePort() } }),
    );
    const main = new URL('main.ts', import.meta.url).pathname;
    const code = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([main, path])}, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] })`;
    const parent = spawn(process.execPath, ['-e', `${code}; setInterval(() => {}, 1000)`], { stdio: 'pipe' });
    let instance = '';
    const client = createSwitchClient({
      path: controlSocket,
      epoch: 1,
      onReport() {},
      onAttached: attached => {
        instance = attached.instance;
      },
    });
    await until(() => client.attached, 15_000);
    parent.stdout.destroy();
    parent.kill('SIGKILL');
    await new Promise(resolve => parent.once('exit', resolve));
    const before = instance;
    expect((await client.stats()).currentLegs).toBe(0);
    expect(instance).toBe(before);
    client.close();
    const log = await readFile(logFile, 'utf8');
    process.kill(
      Number(
        log
          .match(/process (\d+)/g)
          ?.at(-1)
          ?.slice(8),
      ),
      'SIGTERM',
    );
  });

  test('SIGTERM ends its calls with BYE and then the process', async () => {
    const made = await house();
    const { call, other } = await talk(made);
    made.child.kill('SIGTERM');
    await Promise.all([call.waitFor('ended'), other.waitFor('ended')]);
    const code = await new Promise(resolve => made.child.once('exit', resolve));
    expect(code).toBe(0);
  });
});
