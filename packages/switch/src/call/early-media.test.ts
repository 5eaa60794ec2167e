import { describe, expect, test } from 'vitest';
import type { Command } from '../control/protocol.ts';
import { type PhoneMessage, sequence, tagOf, value } from '../testing/phone-message.ts';
import { readPhoneSdp } from '../testing/phone-sdp.ts';
import { createSwitchBench, dialogHeaders, speech } from '../testing/switch-bench.ts';

const sdpType: [string, string] = ['Content-Type', 'application/sdp'];
const ringback: Extract<Command, { type: 'progress' }>['media'] = {
  type: 'play',
  sounds: [{ type: 'tone', name: 'ringback' }],
};

/** A call out to 192.0.2.30, leg "out": its INVITE has arrived there. */
async function callingOut(changes: Partial<Extract<Command, { type: 'originate' }>> = {}) {
  const bench = await createSwitchBench();
  const far = bench.network.peer('192.0.2.30');
  bench.perform({
    type: 'originate',
    leg: 'out',
    to: { uri: 'sip:0701@192.0.2.30' },
    callerNumber: '1001',
    callerName: '',
    answering: 'phone',
    ringSeconds: 100,
    media: { type: 'none' },
    ...changes,
  });
  await bench.pass();
  const invite = far.take('INVITE');
  const say = async (status: number, tag: string, port: number, more: [string, string][] = []) => {
    const type = port === 0 ? [] : [sdpType];
    const headers: [string, string][] = [
      ['To', `${value(invite, 'to')};tag=${tag}`],
      ['Contact', '<sip:far@192.0.2.30>'],
      ...type,
      ...more,
    ];
    far.respond(invite, status, headers, port === 0 ? '' : speech('sendrecv', port));
    await bench.pass();
  };
  return { ...bench, far, invite, say };
}

function reliably(rseq: number): [string, string][] {
  return [
    ['Require', '100rel'],
    ['RSeq', `${rseq}`],
  ];
}

describe('sound from a peer that has not answered yet', () => {
  test('SIP-50 is reported once and can be connected to before the answer', async () => {
    const { say, reports, engine, callIn, perform, report, pass } = await callingOut();
    const caller = await callIn();
    perform({ type: 'progress', leg: caller, media: ringback });
    await say(183, 'a', 30_002);
    await say(183, 'a', 30_002);
    expect(reports.filter(({ type }) => type === 'earlyMedia')).toEqual([{ type: 'earlyMedia', leg: 'out' }]);
    expect(engine.legs.get('out')?.remote).toMatchObject({ port: 30_002, payloadType: 0 });
    perform({ type: 'setMedia', leg: caller, media: { type: 'connected', with: 'out' } });
    expect(engine.legs.get(caller)?.media).toEqual({ type: 'connected', with: 'out' });
    expect(engine.legs.get('out')?.media).toEqual({ type: 'connected', with: caller });
    await say(200, 'a', 30_002);
    expect(report('answered')).toMatchObject({ leg: 'out' });
    perform({ type: 'answer', leg: caller, media: { type: 'connected', with: 'out' } });
    await pass();
    expect(engine.legs.get('out')?.media).toEqual({ type: 'connected', with: caller });
  });

  test('SIP-50 an agent who is up hears it where the controller connects them', async () => {
    const { say, engine, perform, callIn } = await callingOut();
    const agent = await callIn();
    perform({ type: 'answer', leg: agent, media: ringback });
    await say(183, 'a', 30_002);
    expect(engine.legs.get(agent)?.media).toEqual(ringback);
    perform({ type: 'setMedia', leg: agent, media: { type: 'connected', with: 'out' } });
    expect(engine.legs.get(agent)?.media).toEqual({ type: 'connected', with: 'out' });
  });

  test('SIP-50 nothing is played to it before it answers', async () => {
    const { say, engine, perform } = await callingOut();
    await say(183, 'a', 30_002);
    perform({ type: 'setMedia', leg: 'out', media: ringback });
    expect(engine.legs.get('out')?.media).toBeUndefined();
    await say(200, 'a', 30_002);
    expect(engine.legs.get('out')?.media).toEqual(ringback);
  });

  test('SIP-51 another fork that speaks is heard instead, and the one that answers counts', async () => {
    const { say, engine, far, perform, pass } = await callingOut();
    await say(183, 'a', 30_002);
    await say(183, 'b', 30_004);
    expect(engine.legs.get('out')?.remote?.port).toBe(30_004);
    await say(200, 'a', 30_002);
    expect(engine.legs.get('out')?.remote?.port).toBe(30_002);
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(value(far.take('BYE'), 'to')).toContain('tag=a');
  });

  test('SIP-51 a storm of descriptions and forks is followed within bounds only', async () => {
    const { say, engine, far, reports, pass, invite } = await callingOut();
    for (let i = 0; i < 200; i++) await say(183, `t${i}`, 30_002 + 2 * i, reliably(1));
    const pracks = far.inbox.filter(({ method }) => method === 'PRACK');
    expect(new Set(pracks.map(prack => value(prack, 'to'))).size).toBe(8);
    expect(engine.legs.get('out')?.remote?.port).toBe(30_016);
    for (let i = 0; i < 200; i++) await say(183, 't0', 31_002 + 2 * i);
    expect(engine.legs.get('out')?.remote?.port).toBe(31_048);
    expect(reports.filter(({ type }) => type === 'earlyMedia')).toHaveLength(1);
    far.respond(invite, 486);
    await pass();
    expect(reports.at(-1)).toMatchObject({ type: 'cleared', cause: 'busy' });
  });

  test('a description that makes no sense changes nothing', async () => {
    const { far, invite, pass, reports, say, report } = await callingOut();
    far.respond(
      invite,
      183,
      [['To', `${value(invite, 'to')};tag=a`], ['Contact', '<sip:f@192.0.2.30>'], sdpType],
      'v=0 nonsense',
    );
    await pass();
    expect(reports.map(({ type }) => type)).toEqual(['alerting']);
    await say(200, 'a', 30_002);
    expect(report('answered')).toBeDefined();
  });
});

describe('provisional responses that must be acknowledged', () => {
  test('SIP-52 a call to the outside offers it, and acknowledges each once and in order', async () => {
    const { say, far, invite } = await callingOut();
    expect(value(invite, 'supported')).toContain('100rel');
    await say(180, 'a', 0, reliably(7));
    const first = far.take('PRACK');
    expect(value(first, 'rack')).toBe(`7 ${sequence(invite)} INVITE`);
    expect(value(first, 'to')).toContain('tag=a');
    far.respond(first, 200);
    await say(180, 'a', 0, reliably(7));
    await say(183, 'a', 30_002, reliably(9));
    expect(far.inbox.filter(({ method }) => method === 'PRACK')).toEqual([]);
    await say(183, 'a', 30_002, reliably(8));
    const second = far.take('PRACK');
    expect(value(second, 'rack')).toBe(`8 ${sequence(invite)} INVITE`);
    expect(sequence(second)).toBe(sequence(first) + 1);
  });

  test('SIP-52 an answer without a description leaves what was agreed, and requests go on counting', async () => {
    const { say, far, report, engine, perform, pass } = await callingOut();
    await say(183, 'a', 30_002, reliably(1));
    const prack = far.take('PRACK');
    far.respond(prack, 200);
    await say(200, 'a', 0);
    expect(report('answered')).toMatchObject({ leg: 'out' });
    expect(engine.legs.get('out')?.remote?.port).toBe(30_002);
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(sequence(far.take('BYE'))).toBe(sequence(prack) + 1);
  });

  test('SIP-52 after it the peer may change its early media by UPDATE', async () => {
    const { say, far, invite, engine, pass } = await callingOut();
    await say(183, 'a', 30_002, reliably(1));
    far.respond(far.take('PRACK'), 200);
    far.request(
      'UPDATE',
      'sip:switch@127.0.0.1',
      [
        ['From', `${value(invite, 'to')};tag=a`],
        ['To', value(invite, 'from')],
        ['Call-ID', value(invite, 'call-id')],
        ['CSeq', '1 UPDATE'],
        ['Contact', '<sip:far@192.0.2.30>'],
        sdpType,
      ],
      speech('sendrecv', 30_008),
    );
    await pass();
    expect(readPhoneSdp(far.take(200).body).port).toBe(engine.legs.get('out')?.port);
    expect(engine.legs.get('out')?.remote?.port).toBe(30_008);
  });

  test('SIP-52 a phone is not asked for it', async () => {
    const bench = await createSwitchBench();
    const phone = bench.network.peer('192.0.2.20');
    await bench.register(phone, '1001');
    bench.perform({
      type: 'originate',
      leg: 'out',
      to: { extension: '1001' },
      callerNumber: '1',
      callerName: '',
      answering: 'phone',
      ringSeconds: 9,
      media: { type: 'none' },
    });
    await bench.pass();
    expect(value(phone.take('INVITE'), 'supported')).not.toContain('100rel');
  });
});

/** The caller acknowledges this response. */
function prack(response: PhoneMessage, number: number, change = (rack: string) => rack): [string, string][] {
  const rack = change(`${value(response, 'rseq')} 1 INVITE`);
  return [...dialogHeaders('PRACK', number, tagOf(value(response, 'to'))), ['RAck', rack]];
}

describe('sound to a caller before the call is answered', () => {
  test('SIP-53 is sent with 183 and its description; the answer repeats it', async () => {
    const { trunk, callIn, perform, pass, engine } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'progress', leg, media: ringback });
    await pass();
    const progress = trunk.take(183);
    expect(readPhoneSdp(progress.body).port).toBe(engine.legs.get(leg)?.port);
    expect(value(progress, 'contact')).toContain('127.0.0.1');
    expect(engine.legs.get(leg)?.media).toEqual(ringback);
    expect(engine.legs.get(leg)?.remote?.port).toBe(30_000);
    const music = { type: 'play', sounds: [{ type: 'music', name: 'default' }] } as const;
    perform({ type: 'progress', leg, media: { type: 'play', sounds: [...music.sounds] } });
    await pass();
    expect(engine.legs.get(leg)?.media).toEqual(music);
    expect(trunk.inbox.filter(({ status }) => status === 183)).toEqual([]);
    perform({ type: 'answer', leg, media: { type: 'none' } });
    await pass();
    expect(trunk.take(200).body).toBe(progress.body);
  });

  test('SIP-53 it may ring before and after', async () => {
    const { trunk, callIn, perform, pass, report } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'alert', leg });
    perform({ type: 'progress', leg, media: ringback });
    perform({ type: 'alert', leg });
    await pass();
    expect(trunk.inbox.map(({ status }) => status)).toEqual([180, 183]);
    expect(report('alerting')).toBeDefined();
    expect(perform({ type: 'clear', leg, cause: 'busy' })).toBeUndefined();
    await pass();
    expect(trunk.take(486)).toBeDefined();
  });

  test('SIP-53 a caller that offers nothing hears it ring', async () => {
    const { trunk, callIn, perform, pass, engine } = await createSwitchBench();
    const leg = await callIn([], '');
    perform({ type: 'progress', leg, media: ringback });
    await pass();
    expect(trunk.take(180).body).toBe('');
    expect(engine.legs.get(leg)?.media).toBeUndefined();
    perform({ type: 'answer', leg, media: ringback });
    await pass();
    expect(trunk.take(200).body).toContain('m=audio');
    expect(engine.legs.get(leg)?.media).toEqual(ringback);
  });

  test('SIP-53 it is said again each minute, for proxies on the way', async () => {
    const { trunk, callIn, perform, pass } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'progress', leg, media: ringback });
    await pass(125_000);
    expect(trunk.inbox.filter(({ status }) => status === 183)).toHaveLength(3);
  });

  test('progress is refused for a call that is up, or that we placed', async () => {
    const { callIn, perform } = await createSwitchBench();
    const leg = await callIn();
    perform({ type: 'answer', leg, media: { type: 'none' } });
    expect(perform({ type: 'progress', leg, media: ringback })).toBe('wrongState');
  });

  const wants: [string, string][] = [['Require', '100rel']];

  test('SIP-54 a caller that requires it acknowledges each, and one waits for the other', async () => {
    const { trunk, callIn, perform, pass } = await createSwitchBench();
    const leg = await callIn(wants);
    perform({ type: 'alert', leg });
    perform({ type: 'progress', leg, media: ringback });
    await pass(600);
    const ringing = trunk.inbox.filter(({ status }) => status === 180);
    expect(ringing).toHaveLength(2);
    const [first] = ringing;
    if (first === undefined) throw new Error('no 180');
    expect(trunk.inbox.some(({ status }) => status === 183)).toBe(false);
    trunk.request('PRACK', 'sip:switch@127.0.0.1', prack(first, 2));
    await pass();
    expect(trunk.take(200).method).toBe('PRACK');
    const progress = trunk.take(183);
    expect(Number(value(progress, 'rseq'))).toBe(Number(value(first, 'rseq')) + 1);
    expect(value(progress, 'require')).toBe('100rel');
    perform({ type: 'answer', leg, media: { type: 'none' } });
    await pass();
    expect(trunk.inbox.some(({ status, method }) => status === 200 && method === 'INVITE')).toBe(false);
    trunk.request('PRACK', 'sip:switch@127.0.0.1', prack(progress, 3));
    await pass();
    expect(trunk.inbox.filter(({ status }) => status === 200).map(({ method }) => method)).toEqual([
      'INVITE',
      'PRACK',
    ]);
  });

  test('SIP-54 a PRACK for something else gets 481', async () => {
    const { trunk, callIn, perform, pass } = await createSwitchBench();
    const leg = await callIn(wants);
    perform({ type: 'alert', leg });
    await pass();
    const ringing = trunk.take(180);
    for (const [number, change] of [
      [2, (rack: string) => rack.replace(/^\d+/, '5')],
      [3, (rack: string) => rack.replace('1 INVITE', '9 INVITE')],
      [4, () => 'nonsense'],
    ] as const) {
      trunk.request('PRACK', 'sip:switch@127.0.0.1', prack(ringing, number, change));
      await pass();
      expect(trunk.take(481).method).toBe('PRACK');
    }
  });

  test('SIP-54 a caller that never acknowledges is refused with 504', async () => {
    const { trunk, callIn, perform, pass, report, made } = await createSwitchBench();
    const leg = await callIn(wants);
    perform({ type: 'alert', leg });
    await pass(40_000);
    expect(trunk.take(504)).toBeDefined();
    expect(report('cleared')).toEqual({ type: 'cleared', leg, cause: 'unreachable', byRemote: true });
    await pass(40_000);
    expect(made.control.stats()).toMatchObject({ currentLegs: 0, currentDialogs: 0 });
  });

  test('SIP-54 an offer in a PRACK is answered', async () => {
    const { trunk, callIn, perform, pass, engine } = await createSwitchBench();
    const leg = await callIn(wants);
    perform({ type: 'progress', leg, media: ringback });
    await pass();
    const headers = [...prack(trunk.take(183), 2), sdpType];
    trunk.request('PRACK', 'sip:switch@127.0.0.1', headers, speech('sendrecv', 30_010));
    await pass();
    expect(readPhoneSdp(trunk.take(200).body).port).toBe(engine.legs.get(leg)?.port);
    expect(engine.legs.get(leg)?.remote?.port).toBe(30_010);
  });

  test('SIP-54 CANCEL while a PRACK is awaited ends the call', async () => {
    const { trunk, callIn, perform, pass, report } = await createSwitchBench();
    const leg = await callIn([...wants, ['Via', 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKone']]);
    perform({ type: 'progress', leg, media: ringback });
    perform({ type: 'answer', leg, media: { type: 'none' } });
    trunk.request('CANCEL', 'sip:5000@127.0.0.1', [
      ['Via', 'SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKone'],
      ...dialogHeaders('CANCEL', 1),
    ]);
    await pass();
    expect(trunk.take(487)).toBeDefined();
    expect(report('cleared')).toMatchObject({ leg, byRemote: true });
  });
});
