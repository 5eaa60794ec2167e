import { describe, expect, test } from 'vitest';
import type { Command } from '../control/protocol.ts';
import { type PhoneMessage, value } from '../testing/phone-message.ts';
import { readPhoneSdp } from '../testing/phone-sdp.ts';
import { createSwitchBench, dialogHeaders, speech } from '../testing/switch-bench.ts';

type Originate = Extract<Command, { type: 'originate' }>;
const sdpType: [string, string] = ['Content-Type', 'application/sdp'];

/** A switch with the phone of extension 1001 registered. */
async function withPhone(options: Parameters<typeof createSwitchBench>[0] = {}) {
  const bench = await createSwitchBench(options);
  const phone = bench.network.peer('192.0.2.20');
  await bench.register(phone, '1001');
  bench.report('registered');

  function originate(changes: Partial<Originate> = {}) {
    return bench.perform({
      type: 'originate',
      leg: 'out',
      to: { extension: '1001' },
      callerNumber: '0701234567',
      callerName: 'Ö "Quoted"',
      answering: 'phone',
      ringSeconds: 20,
      media: { type: 'none' },
      ...changes,
    });
  }

  function tagged(invite: PhoneMessage, tag = 'phone'): [string, string][] {
    return [
      ['To', `${value(invite, 'to')};tag=${tag}`],
      ['Contact', '<sip:1001@192.0.2.20:5060>'],
    ];
  }

  async function ring(invite: PhoneMessage, tag?: string) {
    phone.respond(invite, 180, tagged(invite, tag));
    await bench.pass();
  }

  async function answer(invite: PhoneMessage, tag?: string, more: [string, string][] = []) {
    phone.respond(invite, 200, [...tagged(invite, tag), sdpType, ...more], speech('sendrecv', 30_002));
    await bench.pass();
  }

  /** originates and lets the phone get its INVITE */
  async function dial(changes: Partial<Originate> = {}) {
    expect(originate(changes)).toBeUndefined();
    await bench.pass();
    return phone.take('INVITE');
  }
  return { ...bench, phone, originate, ring, answer, dial };
}

describe('calling a phone', () => {
  test('SIP-21 its INVITE goes to the contact and shows the caller', async () => {
    const { dial, engine } = await withPhone();
    const invite = await dial();
    expect(invite.start).toBe('INVITE sip:1001@192.0.2.20:5060 SIP/2.0');
    expect(value(invite, 'from')).toMatch(/^"Ö \\"Quoted\\"" <sip:0701234567@127\.0\.0\.1>;tag=/);
    expect(value(invite, 'to')).toBe('<sip:1001@127.0.0.1>');
    expect(value(invite, 'call-info')).toBe('');
    expect(readPhoneSdp(invite.body)).toMatchObject({
      port: engine.legs.get('out')?.port,
      telephoneEvent: 101,
    });
  });

  test('SIP-21 it rings, is answered and acknowledged', async () => {
    const { dial, ring, answer, phone, report, engine } = await withPhone();
    const invite = await dial();
    await ring(invite);
    expect(report('alerting')).toEqual({ type: 'alerting', leg: 'out' });
    await answer(invite);
    expect(value(phone.take('ACK'), 'cseq')).toBe(`${Number.parseInt(value(invite, 'cseq'), 10)} ACK`);
    expect(report('answered')).toEqual({ type: 'answered', leg: 'out', remoteAddress: '192.0.2.20' });
    expect(engine.legs.get('out')?.remote).toMatchObject({
      port: 30_002,
      payloadType: 0,
      telephoneEvent: 101,
    });
  });

  test('an answer sent again is acknowledged again', async () => {
    const { dial, answer, phone, reports } = await withPhone();
    const invite = await dial();
    await answer(invite);
    await answer(invite);
    expect(phone.inbox.filter(({ method }) => method === 'ACK')).toHaveLength(2);
    expect(reports.filter(({ type }) => type === 'answered')).toHaveLength(1);
  });

  test('SIP-38 an answer that comes again after the call has ended is acknowledged and leaves nothing', async () => {
    const { dial, answer, phone, perform, pass, made } = await withPhone();
    const invite = await dial();
    await answer(invite);
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    phone.respond(phone.take('BYE'), 200);
    phone.inbox.length = 0;
    await answer(invite);
    expect(phone.inbox.map(({ method }) => method)).toEqual(['ACK']);
    await pass(70_000);
    expect(made.control.stats()).toMatchObject({ currentDialogs: 0, currentClientTransactions: 0 });
  });

  test('SIP-22 a second fork that answers too is acknowledged and ended', async () => {
    const { dial, answer, phone, reports, perform, pass } = await withPhone();
    const invite = await dial();
    await answer(invite, 'one');
    phone.inbox.length = 0;
    await answer(invite, 'two');
    expect(value(phone.take('ACK'), 'to')).toContain('tag=two');
    expect(value(phone.take('BYE'), 'to')).toContain('tag=two');
    expect(reports.some(({ type }) => type === 'cleared')).toBe(false);
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(value(phone.take('BYE'), 'to')).toContain('tag=one');
  });

  test('SIP-22 the fork that answers first counts, not the one that rang first', async () => {
    const { dial, ring, answer, phone, perform, pass } = await withPhone();
    const invite = await dial();
    await ring(invite, 'one');
    await answer(invite, 'two');
    expect(value(phone.take('ACK'), 'to')).toContain('tag=two');
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(value(phone.take('BYE'), 'to')).toContain('tag=two');
  });

  test.each([
    [486, 'busy'],
    [600, 'busy'],
    [480, 'noAnswer'],
    [603, 'rejected'],
    [404, 'unknownNumber'],
    [488, 'incompatible'],
    [503, 'unreachable'],
    [302, 'unreachable'],
  ] as const)('%i clears it with %s', async (status, cause) => {
    const { dial, phone, pass, report, engine } = await withPhone();
    const invite = await dial();
    phone.respond(invite, status, [['To', `${value(invite, 'to')};tag=x`]]);
    await pass();
    expect(phone.take('ACK')).toBeDefined();
    expect(report('cleared')).toEqual({ type: 'cleared', leg: 'out', cause, byRemote: true });
    expect(engine.legs.size).toBe(0);
  });

  test('a phone that is silent is unreachable after 32 seconds', async () => {
    const { dial, pass, report } = await withPhone();
    await dial({ ringSeconds: 60 });
    await pass(32_000);
    expect(report('cleared')).toMatchObject({ cause: 'unreachable' });
  });

  test('SIP-23 when the ring time is over it is cancelled and cleared with noAnswer', async () => {
    const { dial, ring, phone, pass, report, made } = await withPhone();
    const invite = await dial({ ringSeconds: 10 });
    await ring(invite);
    await pass(10_000);
    expect(report('cleared')).toEqual({ type: 'cleared', leg: 'out', cause: 'noAnswer', byRemote: false });
    const cancel = phone.take('CANCEL');
    expect(value(cancel, 'via')).toBe(value(invite, 'via'));
    phone.respond(cancel, 200);
    phone.respond(invite, 487, [['To', `${value(invite, 'to')};tag=phone`]]);
    await pass();
    expect(phone.take('ACK')).toBeDefined();
    await pass(40_000);
    expect(made.control.stats()).toMatchObject({ currentDialogs: 0, currentClientTransactions: 0 });
  });

  test('SIP-12 CANCEL waits for the first provisional response', async () => {
    const { dial, ring, phone, pass, perform } = await withPhone();
    const invite = await dial();
    perform({ type: 'clear', leg: 'out', cause: 'normal' });
    await pass();
    expect(phone.inbox.some(({ method }) => method === 'CANCEL')).toBe(false);
    await ring(invite);
    expect(phone.take('CANCEL')).toBeDefined();
  });

  test.each(['with', 'without'])(
    'SIP-12 an answer that crosses CANCEL is acknowledged and ended, %s ringing',
    async way => {
      const { dial, ring, answer, phone, pass, perform, reports, made } = await withPhone();
      const invite = await dial();
      if (way === 'with') await ring(invite);
      perform({ type: 'clear', leg: 'out', cause: 'normal' });
      await pass();
      await answer(invite);
      expect(phone.take('ACK')).toBeDefined();
      phone.respond(phone.take('BYE'), 200);
      expect(reports.some(({ type }) => type === 'answered')).toBe(false);
      await pass(70_000);
      expect(made.control.stats()).toMatchObject({ currentDialogs: 0, currentClientTransactions: 0 });
    },
  );

  test('an answer that cannot be used is acknowledged and the call ended', async () => {
    const { dial, phone, pass, report } = await withPhone();
    const invite = await dial();
    phone.respond(invite, 200, [['To', `${value(invite, 'to')};tag=p`], sdpType], 'v=0\r\n');
    await pass();
    expect(phone.take('ACK')).toBeDefined();
    expect(phone.take('BYE')).toBeDefined();
    expect(report('cleared')).toMatchObject({ cause: 'incompatible', byRemote: false });
  });

  test('SIP-13 a phone that wants a longer interval is called again with it', async () => {
    const { dial, phone, pass } = await withPhone({ sessionTimer: { interval: 1_800, minimum: 90 } });
    const invite = await dial();
    expect(value(invite, 'session-expires')).toBe('1800;refresher=uac');
    phone.respond(invite, 422, [['Min-SE', '3600']]);
    await pass();
    expect(value(phone.take('INVITE'), 'session-expires')).toBe('3600;refresher=uac');
  });

  test('what cannot be called is refused', async () => {
    const { originate } = await withPhone();
    expect(originate({ to: { extension: '1002' } })).toBe('notRegistered');
    expect(originate({ to: { uri: 'sip:1@somewhere.example' } })).toBe('badArgument');
    expect(originate({ media: { type: 'connected', with: 'nobody' } })).toBe('unknownLeg');
    expect(originate()).toBeUndefined();
    expect(originate()).toBe('duplicateLeg');
  });

  test('a URI goes to its address, a number to the trunk', async () => {
    const { originate, trunk, pass } = await withPhone();
    originate({ to: { number: '+4681234' } });
    await pass();
    expect(trunk.take('INVITE').start).toBe('INVITE sip:+4681234@192.0.2.9:5060 SIP/2.0');
  });
});

describe('making a phone answer', () => {
  test('SIP-24 with talk it rings at once and is told by NOTIFY', async () => {
    const { dial, ring, answer, phone, pass, perform, report } = await withPhone();
    const invite = await dial({ answering: 'talk' });
    await ring(invite);
    expect(perform({ type: 'pickUp', leg: 'out' })).toBeUndefined();
    await pass();
    const notify = phone.take('NOTIFY');
    expect(value(notify, 'event')).toBe('talk');
    expect(value(notify, 'to')).toContain('tag=phone');
    phone.respond(notify, 200);
    await answer(invite);
    expect(report('answered')).toBeDefined();
    perform({ type: 'setHold', leg: 'out', on: true });
    await pass();
    expect(value(phone.take('NOTIFY'), 'event')).toBe('hold');
  });

  test('SIP-24 a pickUp before the phone rings is told when it does', async () => {
    const { dial, ring, phone, pass, perform } = await withPhone();
    const invite = await dial({ answering: 'talk' });
    perform({ type: 'pickUp', leg: 'out' });
    await pass();
    expect(phone.inbox.some(({ method }) => method === 'NOTIFY')).toBe(false);
    await ring(invite);
    expect(value(phone.take('NOTIFY'), 'event')).toBe('talk');
  });

  test('SIP-24 a phone that does not understand talk is counted and goes on ringing', async () => {
    const { dial, ring, phone, pass, perform, made, reports } = await withPhone();
    const invite = await dial({ answering: 'talk' });
    await ring(invite);
    perform({ type: 'pickUp', leg: 'out' });
    await pass();
    phone.respond(phone.take('NOTIFY'), 489);
    await pass();
    expect(made.control.stats().talkRefused).toBe(1);
    expect(reports.some(({ type }) => type === 'cleared')).toBe(false);
  });

  test('SIP-25 with autoAnswer it is not rung until pickUp, and then answers by itself', async () => {
    const { originate, phone, pass, perform, report } = await withPhone();
    originate({ answering: 'autoAnswer' });
    await pass(5_000);
    expect(report('alerting')).toEqual({ type: 'alerting', leg: 'out' });
    expect(phone.inbox).toEqual([]);
    perform({ type: 'pickUp', leg: 'out' });
    perform({ type: 'pickUp', leg: 'out' });
    await pass();
    const invite = phone.take('INVITE');
    expect(value(invite, 'call-info')).toContain('answer-after=0');
    expect(value(invite, 'answer-mode')).toBe('Auto');
    expect(value(invite, 'alert-info')).toContain('info=alert-autoanswer');
    expect(phone.inbox).toEqual([]);
  });

  test('SIP-25 with autoAnswer and no pickUp the ring time ends it without a word to the phone', async () => {
    const { originate, phone, pass, report } = await withPhone();
    originate({ answering: 'autoAnswer', ringSeconds: 5 });
    await pass(5_000);
    expect(report('cleared')).toMatchObject({ cause: 'noAnswer' });
    expect(phone.inbox).toEqual([]);
  });

  test('immediately carries the headers at once; a person answers for herself', async () => {
    const { dial, perform } = await withPhone();
    const invite = await dial({ answering: 'immediately' });
    expect(value(invite, 'call-info')).toContain('answer-after=0');
    expect(perform({ type: 'pickUp', leg: 'out' })).toBeUndefined();
    await dial({ leg: 'other' });
    expect(perform({ type: 'pickUp', leg: 'other' })).toBe('wrongState');
  });
});

describe('digits', () => {
  test('SIP-39 they go to a phone without telephone-event by INFO, one after the other', async () => {
    const { dial, phone, pass, perform, engine } = await withPhone();
    const invite = await dial();
    const sdp = speech()
      .replace('RTP/AVP 0 8 101', 'RTP/AVP 0')
      .replace(/a=(rtpmap|fmtp):101.*\r\n/g, '');
    phone.respond(invite, 200, [['To', `${value(invite, 'to')};tag=p`], sdpType], sdp);
    await pass();
    perform({ type: 'sendDigits', leg: 'out', digits: '4,#' });
    await pass();
    const first = phone.take('INFO');
    expect([value(first, 'content-type'), first.body]).toEqual([
      'application/dtmf-relay',
      'Signal=4\r\nDuration=160\r\n',
    ]);
    phone.respond(first, 200);
    await pass(200);
    expect(phone.inbox.some(({ method }) => method === 'INFO')).toBe(false);
    await pass(600);
    expect(phone.take('INFO').body).toContain('Signal=#');
    expect(engine.legs.get('out')?.digits).toBe('');
  });

  test('they go to other phones through the media engine', async () => {
    const { dial, answer, perform, engine } = await withPhone();
    await answer(await dial());
    perform({ type: 'sendDigits', leg: 'out', digits: '12' });
    expect(engine.legs.get('out')?.digits).toBe('12');
  });
});

describe('connecting legs', () => {
  test('SIP-26 speech begins when both are up; until then the first goes on hearing music', async () => {
    const { callIn, perform, dial, answer, engine, pass } = await withPhone();
    const leg = await callIn();
    const music = { type: 'play', sounds: [{ type: 'music', name: 'default' }] } as const;
    perform({ type: 'answer', leg, media: { type: 'play', sounds: [...music.sounds] } });
    const invite = await dial({ media: { type: 'connected', with: leg } });
    expect(engine.legs.get(leg)?.media).toEqual(music);
    await answer(invite);
    expect(engine.legs.get(leg)?.media).toEqual({ type: 'connected', with: 'out' });
    expect(engine.legs.get('out')?.media).toEqual({ type: 'connected', with: leg });
    await pass();
  });

  test('SIP-26 who loses a partner hears silence, to another or for good', async () => {
    const { callIn, perform, dial, answer, engine, made } = await withPhone();
    const leg = await callIn();
    perform({ type: 'answer', leg, media: { type: 'none' } });
    await answer(await dial({ media: { type: 'connected', with: leg } }));
    await answer(await dial({ leg: 'second' }));
    perform({ type: 'setMedia', leg: 'second', media: { type: 'connected', with: leg } });
    expect(engine.legs.get('out')?.media).toEqual({ type: 'none' });
    expect(engine.legs.get(leg)?.media).toEqual({ type: 'connected', with: 'second' });
    perform({ type: 'clear', leg: 'second', cause: 'normal' });
    expect(made.control.inventory().legs.map(({ media }) => media.type)).toEqual(['none', 'none']);
  });

  test('commands for a leg that is not there are refused', async () => {
    const { perform } = await withPhone();
    expect(perform({ type: 'clear', leg: 'x', cause: 'normal' })).toBe('unknownLeg');
    expect(perform({ type: 'sendDigits', leg: 'x', digits: '1' })).toBe('unknownLeg');
  });

  test('when media fails every call is ended', async () => {
    let failure: Error | undefined;
    const { dial, answer, engine, phone, pass, report } = await withPhone({
      mediaFailed(error) {
        failure = error;
      },
    });
    await answer(await dial());
    engine.fail(new Error('thread died'));
    await pass();
    expect(phone.take('BYE')).toBeDefined();
    expect(report('cleared')).toMatchObject({ cause: 'unreachable' });
    expect(failure?.message).toBe('thread died');
  });
});

test('a BYE of the caller ends a call that still rings', async () => {
  const { callIn, trunk, perform, pass, report } = await createSwitchBench();
  const leg = await callIn();
  perform({ type: 'alert', leg });
  await pass();
  const tag = /tag=(\S+)/.exec(value(trunk.take(180), 'to'))?.[1] ?? '';
  trunk.request('BYE', 'sip:switch@127.0.0.1', dialogHeaders('BYE', 2, tag));
  await pass();
  expect(trunk.take(200).method).toBe('BYE');
  expect(trunk.take(487).method).toBe('INVITE');
  expect(report('cleared')).toMatchObject({ cause: 'normal', byRemote: true });
});
