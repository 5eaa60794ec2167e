import { afterEach, describe, expect, test } from 'vitest';
import type { Cause } from './control/protocol.ts';
import { isInstalled } from './testing/baresip.ts';
import { freePort } from './testing/free-port.ts';
import {
  acknowledges,
  asks,
  description,
  hangsUpWhenTold,
  isAcknowledged,
  isCalled,
  responds,
  startSippPhone,
} from './testing/sipp-phone.ts';
import { type SwitchProcess, startSwitchProcess } from './testing/switch-process.ts';
import { until } from './testing/until.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The switch calls a phone that does these steps: leg "out". */
async function calling(steps: string[], changes?: Record<string, unknown>) {
  const made = await startSwitchProcess([], changes);
  cleanups.push(() => made.close());
  const port = await freePort();
  const phone = await startSippPhone(made.folder, port, steps);
  await dial(made, 'out', port);
  return { made, phone, port };
}

async function dial(made: SwitchProcess, leg: string, port: number) {
  await made.send({
    type: 'originate',
    leg,
    to: { uri: `sip:1@127.0.0.1:${port}` },
    callerNumber: '1',
    callerName: '',
    answering: 'phone',
    ringSeconds: 20,
    media: { type: 'none' },
  });
}

const kinds = (made: SwitchProcess) => made.reports.map(({ type }) => type);

describe.skipIf(!isInstalled('sipp'))('SIPp as a phone', () => {
  test.each([
    [486, 'busy'],
    [600, 'busy'],
    [603, 'rejected'],
    [403, 'rejected'],
    [404, 'unknownNumber'],
    [484, 'unknownNumber'],
    [604, 'unknownNumber'],
    [480, 'noAnswer'],
    [408, 'noAnswer'],
    [488, 'incompatible'],
    [415, 'incompatible'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ] as [number, Cause][])('SIP-70 %i means %s', async (status, cause) => {
    const { made, phone } = await calling([isCalled, responds(180), responds(status), isAcknowledged]);
    expect(await made.seen('cleared', 'out')).toEqual({ type: 'cleared', leg: 'out', cause, byRemote: true });
    expect(await phone.ended).toBe('');
  });

  test('SIP-13 a phone that promised to refresh the session and does not is hung up on', async () => {
    const agreed = ['Session-Expires: 6;refresher=uas', 'Require: timer'];
    const { made, phone } = await calling([
      isCalled,
      responds(200, agreed, description()),
      isAcknowledged,
      hangsUpWhenTold,
    ]);
    expect(await made.seen('cleared', 'out')).toMatchObject({ cause: 'sessionExpired', byRemote: false });
    expect(await phone.ended).toBe('');
    expect((await made.client.stats()).sessionsExpired).toBe(1);
  });

  test('SIP-13 one that wants to be refreshed is, by UPDATE, for as long as it answers', async () => {
    const agreed = ['Session-Expires: 4;refresher=uac', 'Require: timer', 'Allow: INVITE, ACK, BYE, UPDATE'];
    const refreshed = ['Session-Expires: 4;refresher=uac', 'Require: timer'];
    const answers = `<recv request="UPDATE" timeout="10000" />${responds(200, refreshed).replace(';tag=sipp', '')}`;
    const { made, phone } = await calling([
      isCalled,
      responds(200, agreed, description()),
      isAcknowledged,
      answers,
      answers,
      `<recv request="UPDATE" timeout="10000" />${responds(481).replace(';tag=sipp', '')}`,
      hangsUpWhenTold,
    ]);
    await until(() => kinds(made).includes('cleared'), 15_000);
    expect(await made.seen('cleared', 'out')).toMatchObject({ cause: 'sessionExpired' });
    expect(await phone.ended).toBe('');
  });

  test('SIP-71 digits by INFO are reported, in both ways of writing them', async () => {
    const relay = 'Content-Type: application/dtmf-relay\nContent-Length: [len]\n\nSignal=5\nDuration=160\n';
    const plain = 'Content-Type: application/dtmf\nContent-Length: [len]\n\n#\n';
    const { made, phone } = await calling([
      isCalled,
      responds(200, [], description()),
      isAcknowledged,
      asks('INFO', 1, 200, relay),
      asks('INFO', 2, 200, plain),
      hangsUpWhenTold,
    ]);
    await until(() => made.reports.filter(({ type }) => type === 'digit').length === 2);
    expect(made.reports.flatMap(report => (report.type === 'digit' ? [report.digit] : []))).toEqual([
      '5',
      '#',
    ]);
    await made.send({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(await phone.ended).toBe('');
  });

  test('SIP-16 every way to hold is understood: sendonly, inactive, an address of zeros, by re-INVITE and by UPDATE', async () => {
    const speaks = description();
    const ways = [description('sendonly'), description('inactive'), description('sendrecv', '0.0.0.0')];
    const reinvites = ways.flatMap((body, index) => [
      asks('INVITE', 2 * index + 1, 200, body) + acknowledges(2 * index + 1),
      asks('INVITE', 2 * index + 2, 200, speaks) + acknowledges(2 * index + 2),
    ]);
    const { made, phone } = await calling([
      isCalled,
      responds(200, [], speaks),
      isAcknowledged,
      ...reinvites,
      asks('UPDATE', 7, 200, description('sendonly')),
      asks('UPDATE', 8, 200, speaks),
      hangsUpWhenTold,
    ]);
    const held = ['held', 'retrieved', 'held', 'retrieved', 'held', 'retrieved', 'held', 'retrieved'];
    await until(() => kinds(made).filter(kind => kind === 'retrieved').length === 4);
    expect(kinds(made).filter(kind => kind === 'held' || kind === 'retrieved')).toEqual(held);
    await made.send({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(await phone.ended).toBe('');
  });

  test('SIP-72 a re-INVITE without an offer gets ours, and its ACK is the answer', async () => {
    const { made, phone } = await calling([
      isCalled,
      responds(200, [], description()),
      isAcknowledged,
      asks('INVITE', 1, 200).replace(
        '<recv response="200" />',
        '<recv response="200"><action><ereg regexp="m=audio" search_in="body" check_it="true" assign_to="sdp" /></action></recv><Reference variables="sdp" />',
      ),
      acknowledges(1, description('sendonly')),
      hangsUpWhenTold,
    ]);
    await made.seen('held', 'out');
    await made.send({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(await phone.ended).toBe('');
  });

  test('SIP-17 a re-INVITE while ours is open gets 491, and ours comes again', async () => {
    const speaks = description();
    const { made, phone } = await calling([
      isCalled,
      responds(200, [], speaks),
      isAcknowledged,
      // our offer (hold) is not answered yet when the phone makes its own
      `<recv request="INVITE"><action>
        <ereg regexp=".*" search_in="hdr" header="Via:" assign_to="via" />
        <ereg regexp=".*" search_in="hdr" header="CSeq:" assign_to="cseq" />
      </action></recv>`,
      asks('INVITE', 1, 491, description('sendonly')) + acknowledges(1),
      `<send><![CDATA[\nSIP/2.0 491 Request Pending\nVia:[$via]\nFrom:[$remote]\nTo:[$local];tag=sipp\nCall-ID: [call_id]\nCSeq:[$cseq]\nContent-Length: 0\n\n]]></send>`,
      isAcknowledged,
      `<recv request="INVITE" timeout="10000" />${responds(200, [], speaks).replace(';tag=sipp', '')}`,
      isAcknowledged,
      asks('INFO', 2, 200, 'Content-Type: application/dtmf\nContent-Length: [len]\n\n1\n'),
      hangsUpWhenTold,
    ]);
    await made.seen('answered', 'out');
    await made.send({ type: 'setHold', leg: 'out', on: true });
    // the phone says that it has seen all of it
    await until(() => kinds(made).includes('digit'), 15_000);
    await made.send({ type: 'clear', leg: 'out', cause: 'normal' });
    expect(await phone.ended).toBe('');
  });
});
