import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { isInstalled, startBaresip } from './testing/baresip.ts';
import { freePort } from './testing/free-port.ts';
import { goertzel } from './testing/phone-audio.ts';
import { hangsUpWhenTold, isAcknowledged, isCalled, responds, startSippPhone } from './testing/sipp-phone.ts';
import { switchHouses } from './testing/switch-houses.ts';
import { passwordOf } from './testing/switch-process.ts';
import { until } from './testing/until.ts';

const { house, atEnd } = switchHouses(afterEach);
const loopback = '::1';
const hasLoopback = Object.values(networkInterfaces()).some(cards =>
  cards?.some(({ address }) => address === loopback),
);

describe.skipIf(!hasLoopback || !isInstalled('baresip'))(
  'baresip over IPv6 (needs ::1 on this machine)',
  () => {
    test.each(['udp', 'tcp'] as const)(
      'SIP-86 it registers, calls and is called over %s, and hears',
      async transport => {
        const made = await house({ sip: { host: loopback } });
        const phone = await startBaresip({
          folder: join(made.folder, 'baresip'),
          extension: '1001',
          password: passwordOf('1001'),
          server: { address: loopback, port: made.port },
          tone: 440,
          answerMode: 'auto',
          transport,
        });
        atEnd(() => phone.close());
        expect(await made.seen('registered')).toMatchObject({ address: loopback });
        await phone.command('dial', `sip:5000@[${loopback}]:${made.port};transport=${transport}`);
        const { leg } = await made.seen('arrived');
        const file = `of-${transport}.wav`;
        await made.send({
          type: 'answer',
          leg,
          media: { type: 'play', sounds: [{ type: 'tone', name: 'busy' }] },
        });
        await made.seen('answered', leg);
        await made.send({ type: 'startRecording', leg, file });
        await until(async () => goertzelOf(await phone.heard(), 425) > 0.02);
        await made.send({ type: 'clear', leg, cause: 'normal' });
        expect(await made.seen('recordingStopped', leg)).toMatchObject({ file });
        await until(() => phone.output().includes('session closed'));
        const { speechPackets } = await made.client.stats();
        expect(speechPackets).toBeGreaterThan(0);
        await made.originate('out', '1001', { callerNumber: '0701234567' });
        await made.seen('answered', 'out');
        await phone.command('hangup');
        expect(await made.seen('cleared', 'out')).toMatchObject({ byRemote: true });
      },
    );
  },
);

describe.skipIf(!hasLoopback || !isInstalled('sipp'))('SIPp over IPv6 (needs ::1 on this machine)', () => {
  test('SIP-86 it is called at its address in brackets', async () => {
    const made = await house({ sip: { host: loopback } });
    const port = await freePort();
    const description = [
      'Content-Type: application/sdp',
      'Content-Length: [len]',
      '',
      'v=0',
      `o=- 1 1 IN IP6 ${loopback}`,
      's=-',
      `c=IN IP6 ${loopback}`,
      't=0 0',
      'm=audio [media_port] RTP/AVP 0',
      '',
    ].join('\n');
    const steps = [isCalled, responds(200, [], description), isAcknowledged, hangsUpWhenTold];
    const phone = await startSippPhone(made.folder, port, steps, loopback);
    await made.send({
      type: 'originate',
      leg: 'out',
      to: { uri: `sip:1@[${loopback}]:${port}` },
      callerNumber: '1',
      callerName: '',
      answering: 'phone',
      ringSeconds: 20,
      media: { type: 'none' },
    });
    expect(await made.seen('answered', 'out')).toMatchObject({ remoteAddress: loopback });
    await made.send({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(await phone.ended).toBe('');
  });
});

/** Loudest that this frequency is in any half second. */
function goertzelOf(samples: number[], hertz: number): number {
  let best = 0;
  for (let from = 0; from + 4_000 <= samples.length; from += 2_000)
    best = Math.max(best, goertzel(samples.slice(from, from + 4_000), hertz));
  return best;
}
