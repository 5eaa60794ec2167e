import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ReportBody } from './control/protocol.ts';
import { createSwitchClient, type SwitchClient } from './control/switch-client.ts';
import { openSockets, type SocketTransport } from './sip/transport/sockets.ts';
import { createSwitch } from './switch.ts';
import { createFakeEngine } from './testing/fake-engine.ts';
import { createPhone, type PhoneOptions, type TestPhone } from './testing/phone.ts';
import { until } from './testing/until.ts';

const realm = 'cordboard';
const ha1 = (extension: string) =>
  createHash('md5').update(`${extension}:${realm}:pw${extension}`).digest('hex');
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface House {
  port: number;
  client: SwitchClient;
  reports: ReportBody[];
  /** the first report of the type (about the leg) that has come or will come */
  seen<Type extends ReportBody['type']>(
    type: Type,
    leg?: string,
  ): Promise<Extract<ReportBody, { type: Type }>>;
  phone(extension: string, options?: Partial<PhoneOptions>): Promise<TestPhone>;
  engine: ReturnType<typeof createFakeEngine>;
}

async function house(options: Partial<Parameters<typeof createSwitch>[0]> = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'switch-'));
  const engine = createFakeEngine();
  let sockets: SocketTransport | undefined;
  const made = await createSwitch({
    engine,
    openTransport: async handlers => {
      sockets = await openSockets('127.0.0.1', 0, handlers);
      return sockets;
    },
    controlSocket: join(folder, 'run', 'switch.sock'),
    recordingFolder: folder,
    ...options,
  });
  const reports: ReportBody[] = [];
  const client = createSwitchClient({
    path: join(folder, 'run', 'switch.sock'),
    epoch: 1,
    onReport: report => void reports.push(report.report),
    onAttached() {},
  });
  client.provision({
    realm,
    extensions: ['1001', '1002'].map(extension => ({ extension, ha1: ha1(extension) })),
  });
  await until(() => client.attached);
  await client.stats();
  const port = sockets?.port ?? 0;
  cleanups.push(
    () => rm(folder, { recursive: true }),
    () => made.close(),
    () => client.close(),
  );
  return {
    port,
    client,
    reports,
    engine,
    seen: (type, leg) =>
      until(() =>
        reports.find(
          (report): report is Extract<ReportBody, { type: typeof type }> =>
            report.type === type && (leg === undefined || ('leg' in report && report.leg === leg)),
        ),
      ),
    async phone(extension, more = {}) {
      const phone = await createPhone({
        extension,
        password: `pw${extension}`,
        server: { address: '127.0.0.1', port },
        ...more,
      });
      cleanups.push(() => phone.close());
      return phone;
    },
  };
}

let ids = 0;
const id = () => `c${++ids}`;

describe('the switch with phones over real sockets', () => {
  test.each(['UDP', 'TCP'] as const)(
    'SIP-20 two phones are connected over %s, talk and hang up',
    async transport => {
      const { client, phone, seen, engine } = await house();
      const caller = await phone('1001', { transport, displayName: 'Ann "A" Berg' });
      const called = await phone('1002', { transport });
      expect(await caller.register()).toBe(200);
      expect(await called.register()).toBe(200);
      await seen('registered');

      const call = await caller.call('5000');
      const arrived = await seen('arrived');
      expect(arrived).toMatchObject({
        extension: '1001',
        callerNumber: '1001',
        callerName: 'Ann "A" Berg',
        calledNumber: '5000',
        remoteAddress: '127.0.0.1',
      });
      expect(await client.send(id(), { type: 'alert', leg: arrived.leg })).toMatchObject({ ok: true });
      await call.waitFor('ringing');
      const music = { type: 'play', sounds: [{ type: 'music', name: 'default' }] } as const;
      await client.send(id(), {
        type: 'answer',
        leg: arrived.leg,
        media: { ...music, sounds: [...music.sounds] },
      });
      await call.waitFor('up');
      expect(engine.legs.get(arrived.leg)?.media).toEqual(music);

      const originated = await client.send(id(), {
        type: 'originate',
        leg: 'B',
        to: { extension: '1002' },
        callerNumber: '1001',
        callerName: 'Ann',
        answering: 'phone',
        ringSeconds: 20,
        media: { type: 'connected', with: arrived.leg },
      });
      expect(originated.ok).toBe(true);
      const other = await called.nextCall();
      expect(other.callerNumber).toBe('1001');
      await seen('alerting', 'B');
      expect(engine.legs.get(arrived.leg)?.media).toEqual(music);
      other.answer();
      await seen('answered', 'B');
      expect(engine.legs.get(arrived.leg)?.media).toEqual({ type: 'connected', with: 'B' });
      expect(engine.legs.get('B')?.media).toEqual({ type: 'connected', with: arrived.leg });
      expect(engine.legs.get('B')?.remote?.port).toBe(other.audio.port);

      call.hangUp();
      expect(await seen('cleared', arrived.leg)).toMatchObject({ cause: 'normal', byRemote: true });
      await client.send(id(), { type: 'clear', leg: 'B', cause: 'normal' });
      await other.waitFor('ended');
      await until(async () => (await client.stats()).currentLegs === 0);
      expect(engine.legs.size).toBe(0);
    },
  );

  test.each([
    ['SIP-24', 'talk', {}],
    ['SIP-25', 'autoAnswer', {}],
    ['SIP-25', 'immediately', {}],
  ] as const)(
    '%s a phone answers by itself with %s, and can be held and retrieved',
    async (_rule, answering, options) => {
      const { client, phone, seen, reports } = await house();
      const agent = await phone('1002', options);
      await agent.register();
      const command = {
        type: 'originate',
        leg: 'B',
        to: { extension: '1002' },
        callerNumber: '070',
        callerName: '',
        answering,
        ringSeconds: 20,
        media: { type: 'none' },
      } as const;
      expect(await client.send(id(), { ...command, media: { type: 'none' } })).toMatchObject({ ok: true });
      if (answering === 'talk') expect((await agent.nextCall()).state).toBe('ringing');
      if (answering !== 'immediately') {
        await seen('alerting', 'B');
        await client.send(id(), { type: 'pickUp', leg: 'B' });
      }
      await seen('answered', 'B');
      const call = await until(() => agent.calls[0]);
      await call.waitFor('up');
      await client.send(id(), { type: 'setHold', leg: 'B', on: true });
      // With talk it is the phone that holds; otherwise the switch tells it that it is held.
      await until(() => (answering === 'talk' ? call.held : call.peerDirection === 'sendonly'));
      await client.send(id(), { type: 'setHold', leg: 'B', on: false });
      await until(() => (answering === 'talk' ? !call.held : call.peerDirection === 'sendrecv'));
      expect(reports.some(({ type }) => type === 'held')).toBe(answering === 'talk');
      await client.send(id(), { type: 'clear', leg: 'B', cause: 'normal' });
      await call.waitFor('ended');
    },
  );
});
