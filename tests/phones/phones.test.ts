import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMediaEngine,
  createSwitch,
  openSockets,
  type ReportBody,
  type Switch,
} from '@cordboard/switch';
import { freePort } from '@cordboard/switch/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Baresip, startBaresip } from './baresip.ts';
import { describeWithPrograms } from './programs.ts';
import { runSipp } from './sipp.ts';
import { until } from './until.ts';

/** The phones of the system tests, tried on a switch alone that connects 1001 and plays a tone on every other number. */

const extensions = ['1001', '2001'];
const cleanups: (() => unknown)[] = [];
let reports: ReportBody[] = [];
let port = 0;
let control: () => Switch['control'];

const passwordOf = (extension: string): string => `pw${extension}`;

beforeEach(async () => {
  reports = [];
  port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'phones-'));
  const engine = createMediaEngine({ address: '127.0.0.1', soundFolder: folder, silentSeconds: 30 });
  const made = await createSwitch({
    engine,
    openTransport: handlers => openSockets('127.0.0.1', port, handlers),
    recordingFolder: folder,
  });
  control = () => made.control;
  const secret = (extension: string) => `${extension}:cordboard:${passwordOf(extension)}`;
  made.control.provision({
    realm: 'cordboard',
    extensions: extensions.map(extension => ({
      extension,
      ha1: createHash('md5').update(secret(extension)).digest('hex'),
    })),
  });
  made.onReport(report => {
    reports.push(report);
    if (report.type === 'arrived') connect(made, report.leg, report.calledNumber);
    if (report.type === 'cleared') made.control.perform({ type: 'clear', leg: 'called', cause: 'normal' });
  });
  cleanups.push(
    () => rm(folder, { recursive: true }),
    () => made.close(),
  );
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function connect(made: Switch, leg: string, calledNumber: string): void {
  made.control.perform({
    type: 'answer',
    leg,
    media: { type: 'play', sounds: [{ type: 'tone', name: 'congestion' }] },
  });
  if (calledNumber !== '1001') return;
  made.control.perform({
    type: 'originate',
    leg: 'called',
    to: { extension: '1001' },
    callerNumber: '2001',
    callerName: 'Customer',
    answering: 'immediately',
    ringSeconds: 20,
    media: { type: 'connected', with: leg },
  });
}

async function phone(
  extension: string,
  options: Partial<Parameters<typeof startBaresip>[0]> = {},
): Promise<Baresip> {
  const server = { address: '127.0.0.1', port };
  const made = await startBaresip({ extension, password: passwordOf(extension), server, ...options });
  cleanups.push(() => made.close());
  return made;
}

describeWithPrograms(['baresip'], 'baresip as a phone', () => {
  test('two phones hear the tone and the digits of each other, and hold is heard', async () => {
    const agent = await phone('1001', { answersItself: true, toneHertz: 440 });
    const customer = await phone('2001', { toneHertz: 1000 });
    await customer.dial('1001');
    expect((await agent.next('CALL_ESTABLISHED')).peerdisplayname).toBe('Customer');
    await until('the agent is heard', async () => (await customer.listen(100)).level(440) > 0.1);
    const [atAgent, atCustomer] = await Promise.all([agent.listen(500), customer.listen(500)]);
    expect(atAgent.level(1000)).toBeGreaterThan(0.15);
    expect(atAgent.level(440)).toBeLessThan(0.01);
    expect(atCustomer.level(440)).toBeGreaterThan(0.15);
    expect(atCustomer.level(1000)).toBeLessThan(0.01);

    await customer.sendDigits('5#');
    await agent.sendDigits('19');
    await until('digits both ways', () => agent.digitsHeard() === '5#' && customer.digitsHeard() === '19');

    await customer.hold();
    await until('held', () => reports.some(report => report.type === 'held'));
    await customer.resume();
    await until('retrieved', () => reports.some(report => report.type === 'retrieved'));
    await until('the customer hears again', () => customer.hears());
    expect((await agent.listen(300)).level(1000)).toBeGreaterThan(0.15);

    await customer.hangUp();
    await agent.next('CALL_CLOSED');
  });

  test('a phone that the switch holds and retrieves hears and speaks as before', async () => {
    const agent = await phone('1001', { answersItself: true, toneHertz: 440 });
    const customer = await phone('2001', { toneHertz: 1000 });
    await customer.dial('1001');
    await agent.next('CALL_ESTABLISHED');
    await until('the customer is heard', async () => (await agent.listen(100)).level(1000) > 0.1);
    control().perform({ type: 'setHold', leg: 'called', on: true });
    await agent.next('CALL_REMOTE_SDP');
    control().perform({ type: 'setHold', leg: 'called', on: false });
    await agent.next('CALL_REMOTE_SDP');
    await until('the customer is heard again', () => agent.hears());
    await until('the agent is heard again', async () => (await customer.listen(200)).level(440) > 0.1);
  });

  test('a phone that vanishes says nothing; one that is closed unregisters', async () => {
    const agent = await phone('1001');
    const customer = await phone('2001');
    await agent.vanish();
    await customer.close();
    await until('2001 unregisters', () => reports.some(report => report.type === 'unregistered'));
    expect(reports.filter(report => report.type === 'unregistered')).toEqual([
      { type: 'unregistered', extension: '2001' },
    ]);
  });

  test('a phone with a wrong password does not start', async () => {
    await expect(phone('1001', { password: 'wrong' })).rejects.toThrow(/1001/);
    expect(reports).toEqual([]);
  });
});

describeWithPrograms(['sipp'], 'SIPp as a phone', () => {
  const server = () => ({ address: '127.0.0.1', port });

  test('a scenario that goes as it should succeeds', async () => {
    const calling = { scenario: 'calls-and-hangs-up', extension: '2001', password: 'pw2001', calls: '77' };
    const outcome = await runSipp({ ...calling, server: server() });
    expect(outcome.succeeded, outcome.errors).toBe(true);
    expect(reports.map(report => report.type)).toEqual(['arrived', 'answered', 'cleared']);
  });

  test('a scenario that goes otherwise fails and says where', async () => {
    const calling = { scenario: 'calls-and-hangs-up', extension: '2001', password: 'wrong', calls: '77' };
    const outcome = await runSipp({ ...calling, server: server() });
    expect(outcome).toEqual({ succeeded: false, errors: expect.stringContaining('SIP/2.0 40') });
  });
});
