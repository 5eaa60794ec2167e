import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Baresip, isInstalled, startBaresip } from './testing/baresip.ts';
import { createTestAuthority } from './testing/certificates.ts';
import { freePort } from './testing/free-port.ts';
import { goertzel } from './testing/phone-audio.ts';
import { switchHouses } from './testing/switch-houses.ts';
import { passwordOf, type SwitchProcess } from './testing/switch-process.ts';
import { until } from './testing/until.ts';

const { house, atEnd } = switchHouses(afterEach);

async function baresip(
  made: SwitchProcess,
  more: {
    answerMode?: 'auto';
    transport?: 'tcp' | 'tls';
    authorities?: string;
    port?: number;
  } = {},
): Promise<Baresip> {
  const phone = await startBaresip({
    folder: join(made.folder, 'baresip'),
    extension: '1001',
    password: passwordOf('1001'),
    server: { address: '127.0.0.1', port: more.port ?? made.port },
    tone: 440,
    ...more,
  });
  atEnd(() => phone.close());
  await made.seen('registered');
  return phone;
}

/** Loudest that this frequency is in any half second. */
function loudest(samples: number[], hertz: number): number {
  let best = 0;
  for (let from = 0; from + 4_000 <= samples.length; from += 2_000) {
    best = Math.max(best, goertzel(samples.slice(from, from + 4_000), hertz));
  }
  return best;
}

describe.skipIf(!isInstalled('baresip'))('baresip as a phone', () => {
  test.each(['udp', 'tcp'] as const)('SIP-20 it calls over %s, and hears and is heard', async transport => {
    const made = await house();
    const phone = await baresip(made, transport === 'tcp' ? { transport } : {});
    const agent = await made.phone('1002', { tone: 1_000, whenCalled: 'answer' });
    await agent.register();
    await phone.command('dial', `sip:5000@127.0.0.1:${made.port};transport=${transport}`);
    const { leg } = await made.seen('arrived');
    await made.send({ type: 'alert', leg });
    await made.send({ type: 'answer', leg, media: { type: 'none' } });
    await made.originate('agent', '1002', { callerNumber: '1001', media: { type: 'connected', with: leg } });
    const call = await agent.nextCall();
    await made.seen('answered', 'agent');
    await until(async () => (await call.level(440)) > 0.05);
    await until(async () => loudest(await phone.heard(), 1_000) > 0.05);
    await phone.command('hangup');
    expect(await made.seen('cleared', leg)).toMatchObject({ cause: 'normal', byRemote: true });
  });

  test.skipIf(!isInstalled('openssl'))('SIP-80 it calls and is called over TLS', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tls-phone-'));
    atEnd(() => rm(folder, { recursive: true }));
    const authority = await createTestAuthority(folder);
    const { certificate, key } = await authority.issue('switch', 'IP:127.0.0.1');
    const port = await freePort();
    const made = await house({ sip: { tls: { port, certificate, key } } });
    const phone = await baresip(made, {
      answerMode: 'auto',
      transport: 'tls',
      port,
      authorities: authority.certificate,
    });
    await phone.command('dial', `sip:5000@127.0.0.1:${port};transport=tls`);
    const { leg } = await made.seen('arrived');
    await made.send({
      type: 'answer',
      leg,
      media: { type: 'play', sounds: [{ type: 'tone', name: 'busy' }] },
    });
    await until(async () => loudest(await phone.heard(), 425) > 0.02);
    await made.send({ type: 'clear', leg, cause: 'normal' });
    await until(() => phone.output().includes('session closed'));
    // back on the connection of its registration: it takes no other
    await made.originate('out', '1001', { callerNumber: '0701234567' });
    await made.seen('answered', 'out');
    await phone.command('hangup');
    expect(await made.seen('cleared', 'out')).toMatchObject({ byRemote: true });
  });

  test('it is called, answers, is held by its person and retrieved', async () => {
    const made = await house();
    const phone = await baresip(made, { answerMode: 'auto' });
    await made.originate('out', '1001', {
      callerNumber: '0701234567',
      callerName: 'Å "B"',
      media: { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] },
    });
    await made.seen('answered', 'out');
    await until(async () => loudest(await phone.heard(), 425) > 0.02);
    await phone.command('hold');
    await made.seen('held', 'out');
    await phone.command('resume');
    await made.seen('retrieved', 'out');
    await made.send({ type: 'setHold', leg: 'out', on: true });
    await made.send({ type: 'clear', leg: 'out', cause: 'normal' });
    await until(() => phone.output().includes('session closed'));
  });

  test('SIP-60 it rings beside another phone of its extension, and stops when that one answers', async () => {
    const made = await house();
    const phone = await baresip(made);
    const other = await made.phone('1001');
    await other.register();
    await made.originate('out', '1001', { callerNumber: '0701234567' });
    const call = await other.nextCall();
    await until(() => phone.output().includes('Incoming call'));
    call.answer();
    await made.seen('answered', 'out');
    await until(() => /terminated|closed|cancel/i.test(phone.output()));
    expect(call.state).toBe('up');
    await until(async () => (await made.client.stats()).currentDialogs === 1);
  });

  test('SIP-40 its transfer key is understood, and it hears how it went', async () => {
    const made = await house();
    const phone = await baresip(made, { answerMode: 'auto' });
    await made.originate('out', '1001', { callerNumber: '1' });
    await made.seen('answered', 'out');
    await phone.command('transfer', 'sip:1002@127.0.0.1');
    expect(await made.seen('transferRequested')).toMatchObject({ leg: 'out', to: { number: '1002' } });
    await made.send({ type: 'answerTransfer', leg: 'out', done: true });
    // it hangs up by itself when it hears that the other side has the call
    expect(await made.seen('cleared', 'out')).toMatchObject({ cause: 'normal', byRemote: true });
  });

  test('its registration ends with it', async () => {
    const made = await house();
    const phone = await baresip(made);
    await phone.command('quit').catch(() => {});
    await made.seen('unregistered');
  });
});

const talkScenario = `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="a desk phone that understands talk">
  <recv request="INVITE" crlf="true"></recv>
  <send><![CDATA[
SIP/2.0 180 Ringing
[last_Via:]
[last_From:]
[last_To:];tag=[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
Content-Length: 0

]]></send>
  <recv request="NOTIFY" crlf="true">
    <action><ereg regexp="talk" search_in="hdr" header="Event:" check_it="true" assign_to="1"/></action>
  </recv>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
  <Reference variables="1"/>
  <pause milliseconds="100"/>
  <recv request="CANCEL" crlf="true"></recv>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
</scenario>
`;

/** Runs SIPp to its end: its exit code is 0 when every call went as its scenario says. */
function sipp(folder: string, parameters: string[]): { ended: Promise<number>; stop(): void } {
  const child = spawn('sipp', [...parameters, '-nostdin', '-i', '127.0.0.1'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const ended = new Promise<number>(resolve => child.once('exit', code => resolve(code ?? -1)));
  return { ended, stop: () => void child.kill('SIGKILL') };
}

describe.skipIf(!isInstalled('sipp'))('SIPp', () => {
  test('SIP-24 a phone of another make is told to talk in the early dialog', async () => {
    const port = await freePort();
    const made = await house({ trunks: [{ name: 'desk', address: '127.0.0.1', port }] });
    const folder = join(made.folder, 'sipp');
    await mkdir(folder);
    await writeFile(join(folder, 'talk.xml'), talkScenario);
    const phone = sipp(folder, [
      '-sf',
      'talk.xml',
      '-p',
      `${port}`,
      '-m',
      '1',
      '-timeout',
      '15',
      '-timeout_error',
    ]);
    await made.send({
      type: 'originate',
      leg: 'out',
      to: { uri: `sip:1@127.0.0.1:${port}` },
      callerNumber: '1',
      callerName: '',
      answering: 'talk',
      ringSeconds: 10,
      media: { type: 'none' },
    });
    await made.seen('alerting', 'out');
    await made.send({ type: 'pickUp', leg: 'out' });
    await until(async () => (await made.client.stats()).currentClientTransactions >= 2);
    await new Promise(resolve => setTimeout(resolve, 300));
    await made.send({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(await phone.ended).toBe(0);
    expect((await made.client.stats()).talkRefused).toBe(0);
  });

  test('200 calls at 50 a second from a trunk are all answered and ended', async () => {
    const port = await freePort();
    const made = await house({ trunks: [{ name: 'operator', address: '127.0.0.1', port }] });
    let answered = 0;
    const watch = setInterval(() => {
      for (; answered < made.reports.length; answered++) {
        const report = made.reports[answered];
        if (report?.type !== 'arrived') continue;
        const media = { type: 'play', sounds: [{ type: 'tone', name: 'ringback' }] } as const;
        void made.send({
          type: 'answer',
          leg: report.leg,
          media: { type: 'play', sounds: [...media.sounds] },
        });
      }
    }, 2);
    atEnd(async () => clearInterval(watch));
    const target = `127.0.0.1:${made.port}`;
    const callers = sipp(made.folder, [
      ...['-sn', 'uac', target, '-s', '5000', '-p', `${port}`, '-m', '200', '-r', '50', '-d', '300'],
      ...['-timeout', '40', '-timeout_error'],
    ]);
    expect(await callers.ended).toBe(0);
    await until(async () => (await made.client.stats()).currentLegs === 0);
    expect(await made.client.stats()).toMatchObject({ arrived: 200, malformed: 0, refused: 0 });
  });
});
