import { describe, expect, test } from 'vitest';
import { type PhoneMessage, tagOf, value } from '../testing/phone-message.ts';
import { readPhoneSdp } from '../testing/phone-sdp.ts';
import { createSwitchBench, dialogHeaders, speech } from '../testing/switch-bench.ts';

const none = { type: 'none' } as const;
const sdpType: [string, string] = ['Content-Type', 'application/sdp'];

/** A call from the trunk that was answered and acknowledged. */
async function answeredCall(
  options: Parameters<typeof createSwitchBench>[0] = {},
  headers: [string, string][] = [],
) {
  const bench = await createSwitchBench(options);
  const leg = await bench.callIn(headers);
  bench.perform({ type: 'answer', leg, media: none });
  await bench.pass();
  const answer = bench.trunk.take(200);
  const tag = tagOf(value(answer, 'to'));
  bench.trunk.request('ACK', 'sip:switch@127.0.0.1', dialogHeaders('ACK', 1, tag));
  await bench.pass();
  bench.trunk.inbox.length = 0;
  const inDialog = async (method: string, sequence: number, body = '', more: [string, string][] = []) => {
    const type = body === '' ? [] : [sdpType];
    bench.trunk.request(
      method,
      'sip:switch@127.0.0.1',
      [...dialogHeaders(method, sequence, tag), ...type, ...more],
      body,
    );
    await bench.pass();
  };
  return { ...bench, leg, tag, answer, inDialog };
}

function directionOf(message: PhoneMessage): string {
  return readPhoneSdp(message.body).direction;
}

describe('an arriving call', () => {
  test('SIP-10 is reported with who calls whom, and gets 100 when nobody has decided after 200 ms', async () => {
    const { trunk, report, callIn, pass } = await createSwitchBench();
    await callIn();
    expect(trunk.inbox).toEqual([]);
    await pass(200);
    expect(trunk.take(100).method).toBe('INVITE');
    expect(report('arrived')).toMatchObject({
      extension: '',
      callerNumber: '0701234567',
      callerName: 'Outside',
      calledNumber: '5000',
      remoteAddress: '192.0.2.9',
    });
  });

  test('P-Asserted-Identity of a trunk goes before From', async () => {
    const { report, callIn } = await createSwitchBench();
    await callIn([['P-Asserted-Identity', '"Vouched" <sip:+46701112233@192.0.2.9>']]);
    expect(report('arrived')).toMatchObject({ callerNumber: '+46701112233', callerName: 'Vouched' });
  });

  test('SIP-04 an INVITE sent again makes no second call and is answered again', async () => {
    const { trunk, reports, pass } = await createSwitchBench();
    const via: [string, string] = ['Via', 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKsame'];
    for (let i = 0; i < 3; i++) {
      trunk.request('INVITE', 'sip:5000@127.0.0.1', [via, ...dialogHeaders('INVITE', 1), sdpType], speech());
      await pass(200);
    }
    expect(trunk.inbox.map(message => message.status)).toEqual([100, 100, 100]);
    expect(reports.filter(({ type }) => type === 'arrived')).toHaveLength(1);
  });

  test('SIP-05 the same INVITE on another way is refused with 482', async () => {
    const { trunk, callIn } = await createSwitchBench();
    await callIn();
    await callIn();
    expect(trunk.take(482)).toBeDefined();
  });

  test('alert rings once, however often it is asked for', async () => {
    const { trunk, perform, pass, callIn, reports } = await createSwitchBench();
    const leg = await callIn();
    expect(perform({ type: 'alert', leg })).toBeUndefined();
    expect(perform({ type: 'alert', leg })).toBeUndefined();
    await pass();
    expect(trunk.inbox.filter(({ status }) => status === 180)).toHaveLength(1);
    expect(reports.filter(({ type }) => type === 'alerting')).toHaveLength(1);
  });

  test('SIP-11 its answer is sent again until the ACK, and has the media from the first packet on', async () => {
    const { trunk, perform, pass, callIn, engine } = await createSwitchBench();
    const leg = await callIn();
    const media = { type: 'play', sounds: [{ type: 'file', name: 'greeting' }] } as const;
    perform({ type: 'answer', leg, media: { type: 'play', sounds: [...media.sounds] } });
    await pass(1_600);
    expect(trunk.inbox.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(engine.legs.get(leg)).toMatchObject({
      media,
      remote: { address: '192.0.2.9', port: 30_000, payloadType: 0 },
    });
    trunk.request(
      'ACK',
      'sip:switch@127.0.0.1',
      dialogHeaders('ACK', 1, tagOf(value(trunk.take(200), 'to'))),
    );
    await pass();
    trunk.inbox.length = 0;
    await pass(40_000);
    expect(trunk.inbox).toEqual([]);
  });

  test('SIP-11 without an ACK the call ends with BYE after 32 seconds', async () => {
    const { trunk, perform, pass, callIn, report } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'answer', leg, media: none });
    await pass(33_000);
    expect(trunk.take('BYE')).toBeDefined();
    expect(report('cleared')).toMatchObject({ leg, cause: 'protocolError' });
  });

  test('SIP-12 CANCEL before the answer ends it with 487', async () => {
    const { trunk, pass, callIn, report, perform, engine } = await createSwitchBench();
    const via: [string, string] = ['Via', 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKcancelled'];
    const leg = await callIn([via]);
    trunk.request('CANCEL', 'sip:5000@127.0.0.1', [via, ...dialogHeaders('CANCEL', 1)]);
    await pass();
    expect(trunk.take(200).method).toBe('CANCEL');
    expect(trunk.take(487).method).toBe('INVITE');
    expect(report('cleared')).toEqual({ type: 'cleared', leg, cause: 'normal', byRemote: true });
    expect(perform({ type: 'answer', leg, media: none })).toBe('unknownLeg');
    expect(engine.legs.size).toBe(0);
  });

  test('SIP-12 CANCEL after the answer changes nothing', async () => {
    const { trunk, pass, callIn, reports, perform } = await createSwitchBench();
    const via: [string, string] = ['Via', 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKlate'];
    const leg = await callIn([via]);
    perform({ type: 'answer', leg, media: none });
    trunk.request('CANCEL', 'sip:5000@127.0.0.1', [via, ...dialogHeaders('CANCEL', 1)]);
    await pass();
    expect(trunk.inbox.filter(({ status, method }) => status === 200 && method === 'CANCEL')).toHaveLength(1);
    expect(reports.some(({ type }) => type === 'cleared')).toBe(false);
  });

  test('a CANCEL for nothing gets 481', async () => {
    const { trunk, pass } = await createSwitchBench();
    trunk.request('CANCEL', 'sip:5000@127.0.0.1', dialogHeaders('CANCEL', 1));
    await pass();
    expect(trunk.take(481)).toBeDefined();
  });

  test.each([
    ['busy', 486],
    ['rejected', 603],
    ['unknownNumber', 404],
    ['normal', 480],
    ['incompatible', 488],
  ] as const)('clear with %s answers %i', async (cause, status) => {
    const { trunk, perform, pass, callIn, report } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'clear', leg, cause });
    await pass();
    expect(trunk.take(status)).toBeDefined();
    expect(report('cleared')).toEqual({ type: 'cleared', leg, cause, byRemote: false });
  });

  test('SIP-15 without a common codec it is refused with 488 and not reported', async () => {
    const { trunk, reports, callIn } = await createSwitchBench();
    await callIn([], speech().replace('RTP/AVP 0 8 101', 'RTP/AVP 18'));
    expect(trunk.take(488)).toBeDefined();
    expect(reports).toEqual([]);
  });

  test('an INVITE without an offer gets ours in the 200, and its ACK the answer', async () => {
    const { trunk, perform, pass, callIn, engine } = await createSwitchBench();
    const leg = await callIn([], '');
    perform({ type: 'answer', leg, media: none });
    await pass();
    const answer = trunk.take(200);
    expect(readPhoneSdp(answer.body)).toMatchObject({ port: engine.legs.get(leg)?.port, payloadType: 0 });
    const tag = tagOf(value(answer, 'to'));
    trunk.request(
      'ACK',
      'sip:switch@127.0.0.1',
      [...dialogHeaders('ACK', 1, tag), sdpType],
      speech('sendrecv', 31_234),
    );
    await pass();
    expect(engine.legs.get(leg)?.remote?.port).toBe(31_234);
  });

  test('at the bound of legs it is refused with 503', async () => {
    const { trunk, callIn } = await createSwitchBench({ maximumLegs: 0 });
    await callIn();
    expect(trunk.take(503)).toBeDefined();
  });
});

describe('a call that is up', () => {
  test('BYE of the phone ends it and frees everything', async () => {
    const { inDialog, trunk, report, made, leg, engine, clock, pass } = await answeredCall();
    await inDialog('BYE', 2);
    expect(trunk.take(200)).toBeDefined();
    expect(report('cleared')).toEqual({ type: 'cleared', leg, cause: 'normal', byRemote: true });
    await pass(40_000);
    expect(made.control.stats()).toMatchObject({
      currentLegs: 0,
      currentDialogs: 0,
      currentServerTransactions: 0,
    });
    expect(engine.legs.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('SIP-16 hold on the phone is answered and reported, and so is retrieve', async () => {
    const { inDialog, trunk, report, engine, leg } = await answeredCall();
    await inDialog('INVITE', 2, speech('sendonly'));
    const held = trunk.take(200);
    expect(directionOf(held)).toBe('recvonly');
    expect(report('held')).toEqual({ type: 'held', leg });
    expect(engine.legs.get(leg)?.remote?.direction).toBe('recvonly');
    await inDialog('ACK', 2);
    await inDialog('INVITE', 3, speech('sendrecv'));
    expect(directionOf(trunk.take(200))).toBe('sendrecv');
    expect(report('retrieved')).toEqual({ type: 'retrieved', leg });
  });

  test('SIP-17 an offer while another is open gets 491', async () => {
    const { inDialog, trunk } = await answeredCall();
    await inDialog('INVITE', 2, speech());
    await inDialog('INVITE', 3, speech());
    expect(trunk.take(491)).toBeDefined();
  });

  test('SIP-17 our hold that meets theirs is tried again after a while', async () => {
    const { trunk, perform, pass, leg } = await answeredCall();
    perform({ type: 'setHold', leg, on: true });
    await pass();
    const first = trunk.take('INVITE');
    expect(directionOf(first)).toBe('sendonly');
    trunk.respond(first, 491);
    await pass(900);
    expect(trunk.inbox.some(({ method }) => method === 'INVITE')).toBe(false);
    await pass(200);
    const second = trunk.take('INVITE');
    trunk.respond(second, 200, [sdpType, ['Contact', '<sip:x@192.0.2.9>']], speech('recvonly'));
    await pass();
    trunk.inbox.length = 0;
    await pass(60_000);
    expect(trunk.inbox).toEqual([]);
  });

  test('SIP-18 setHold offers sendonly, and sendrecv again', async () => {
    const { trunk, perform, pass, leg, made, engine } = await answeredCall();
    perform({ type: 'setHold', leg, on: true });
    await pass();
    const hold = trunk.take('INVITE');
    expect(directionOf(hold)).toBe('sendonly');
    trunk.respond(hold, 200, [sdpType], speech('recvonly'));
    await pass();
    expect(trunk.take('ACK')).toBeDefined();
    expect(made.control.inventory().legs[0]?.held).toBe(true);
    expect(engine.legs.get(leg)?.remote?.direction).toBe('sendonly');
    // Its silence is as it should be.
    engine.emit({ type: 'silent', leg });
    perform({ type: 'setHold', leg, on: false });
    await pass();
    expect(directionOf(trunk.take('INVITE'))).toBe('sendrecv');
  });

  test('SIP-15 an offer without a common codec gets 488 and the call goes on as it was', async () => {
    const { inDialog, trunk, reports, engine, leg } = await answeredCall();
    await inDialog('INVITE', 2, speech().replace('RTP/AVP 0 8 101', 'RTP/AVP 18'));
    expect(trunk.take(488)).toBeDefined();
    expect(reports.some(({ type }) => type === 'cleared')).toBe(false);
    expect(engine.legs.get(leg)?.remote?.port).toBe(30_000);
  });

  test('SIP-19 a phone that sends nothing is cleared with BYE', async () => {
    const { trunk, engine, leg, pass, report } = await answeredCall();
    expect(engine.legs.get(leg)?.speechAwaited).toBe(true);
    engine.emit({ type: 'silent', leg });
    await pass();
    expect(trunk.take('BYE')).toBeDefined();
    expect(report('cleared')).toMatchObject({ cause: 'mediaTimeout', byRemote: false });
  });

  test('clear sends BYE, also when the ACK is still on its way', async () => {
    const { trunk, callIn, perform, pass } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'answer', leg, media: none });
    perform({ type: 'clear', leg, cause: 'normal' });
    await pass();
    expect(trunk.inbox.some(({ method, status }) => method === 'BYE' && status === 0)).toBe(false);
    trunk.request(
      'ACK',
      'sip:switch@127.0.0.1',
      dialogHeaders('ACK', 1, tagOf(value(trunk.take(200), 'to'))),
    );
    await pass();
    expect(trunk.take('BYE')).toBeDefined();
  });

  test('OPTIONS in a call is answered, an unknown method refused', async () => {
    const { inDialog, trunk } = await answeredCall();
    await inDialog('OPTIONS', 2);
    expect(value(trunk.take(200), 'allow')).toContain('UPDATE');
    await inDialog('FROBNICATE', 3);
    expect(trunk.take(405)).toBeDefined();
  });

  test('a request older than one already seen gets 500', async () => {
    const { inDialog, trunk } = await answeredCall();
    await inDialog('OPTIONS', 9);
    await inDialog('OPTIONS', 3);
    expect(trunk.take(500)).toBeDefined();
  });

  test('digits by INFO and by the media engine are reported', async () => {
    const { trunk, engine, leg, tag, pass, reports } = await answeredCall();
    const info = [...dialogHeaders('INFO', 2, tag), ['Content-Type', 'application/dtmf-relay']] as [
      string,
      string,
    ][];
    trunk.request('INFO', 'sip:switch@127.0.0.1', info, 'Signal=5\r\nDuration=160\r\n');
    await pass();
    engine.emit({ type: 'digit', leg, digit: '7' });
    expect(reports.filter(({ type }) => type === 'digit')).toEqual([
      { type: 'digit', leg, digit: '5' },
      { type: 'digit', leg, digit: '7' },
    ]);
  });

  test('a recording is reported from its start to its end, also when the call ends first', async () => {
    const { perform, leg, engine, reports, inDialog } = await answeredCall();
    expect(perform({ type: 'startRecording', leg, file: 'a.wav' })).toBeUndefined();
    expect(engine.legs.get(leg)?.recording).toBe('/recordings/a.wav');
    expect(perform({ type: 'startRecording', leg, file: 'b.wav' })).toBe('wrongState');
    await inDialog('BYE', 2);
    expect(reports.filter(({ type }) => type.startsWith('recording'))).toEqual([
      { type: 'recordingStarted', leg, file: 'a.wav' },
      { type: 'recordingStopped', leg, file: 'a.wav', milliseconds: 1_234 },
    ]);
  });
});

describe('session timers', () => {
  const timed = { sessionTimer: { interval: 1_800, minimum: 90 } };

  test('SIP-13 the switch refreshes by UPDATE at half time and ends a call whose phone does not answer', async () => {
    const headers: [string, string][] = [
      ['Supported', 'timer'],
      ['Allow', 'INVITE, UPDATE'],
    ];
    const { trunk, pass, report, answer } = await answeredCall(timed, headers);
    expect(value(answer, 'session-expires')).toBe('1800;refresher=uas');
    await pass(900_000);
    const update = trunk.take('UPDATE');
    expect(value(update, 'session-expires')).toBe('1800;refresher=uac');
    trunk.respond(update, 200);
    await pass(900_000);
    expect(trunk.take('UPDATE')).toBeDefined();
    await pass(33_000);
    expect(report('cleared')).toMatchObject({ cause: 'sessionExpired', byRemote: false });
    expect(trunk.take('BYE')).toBeDefined();
  });

  test('SIP-13 a phone that does not know UPDATE is refreshed by re-INVITE', async () => {
    const { trunk, pass } = await answeredCall(timed);
    await pass(900_000);
    const invite = trunk.take('INVITE');
    expect(directionOf(invite)).toBe('sendrecv');
  });

  test('SIP-13 a phone that promised to refresh and does not is ended shortly before the time is over', async () => {
    const headers: [string, string][] = [
      ['Supported', 'timer'],
      ['Session-Expires', '300;refresher=uac'],
    ];
    const { trunk, pass, report, answer, inDialog } = await answeredCall(timed, headers);
    expect(value(answer, 'session-expires')).toBe('300;refresher=uac');
    await pass(200_000);
    await inDialog('UPDATE', 2, '', headers);
    expect(trunk.take(200)).toBeDefined();
    await pass(260_000);
    expect(trunk.inbox).toEqual([]);
    await pass(9_000);
    expect(trunk.take('BYE')).toBeDefined();
    expect(report('cleared')).toMatchObject({ cause: 'sessionExpired' });
  });

  test('SIP-13 too short an interval is refused with 422', async () => {
    const { inDialog, trunk } = await answeredCall(timed);
    await inDialog('UPDATE', 2, '', [
      ['Supported', 'timer'],
      ['Session-Expires', '30'],
    ]);
    expect(value(trunk.take(422), 'min-se')).toBe('90');
  });

  test('SIP-13 so is a call that asks for too short an interval', async () => {
    const { callIn, trunk, reports } = await createSwitchBench(timed);
    await callIn([['Session-Expires', '60']]);
    expect(value(trunk.take(422), 'min-se')).toBe('90');
    expect(reports).toEqual([]);
  });
});
