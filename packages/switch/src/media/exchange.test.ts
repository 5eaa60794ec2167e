import { describe, expect, test } from 'vitest';
import type { LegMedia } from '../control/protocol.ts';
import type { MediaDirection } from './engine.ts';
import { toOtherLaw } from './g711.ts';
import { createTestExchange, type FakePhone, soundOf } from './test-exchange.ts';

const none: LegMedia = { type: 'none' };
const silent: LegMedia = { type: 'play', sounds: [{ type: 'silence' }] };
const withLeg = (leg: string): LegMedia => ({ type: 'connected', with: leg });
/** PCMU */
const quiet = 0xff;

function twoConnected(remote: Parameters<ReturnType<typeof createTestExchange>['phone']>[2] = {}) {
  const all = createTestExchange();
  const alice = all.phone('a', none);
  const bob = all.phone('b', withLeg('a'), remote);
  return { ...all, alice, bob };
}

/** One line of sequence numbers and one source, and time that never goes back. */
function expectContinuous(phone: FakePhone): void {
  phone.heard.forEach((packet, i) => {
    const before = phone.heard[i - 1];
    if (!before) return;
    expect(packet.sequence).toBe((before.sequence + 1) & 0xffff);
    expect(packet.ssrc).toBe(before.ssrc);
    expect((packet.timestamp - before.timestamp) | 0).toBeGreaterThan(0);
  });
}

describe('two connected legs', () => {
  test('MED-14 hear each other at once, without waiting for a tick', () => {
    const { alice, bob } = twoConnected();
    alice.say({ sequence: 1, timestamp: 160, payload: Buffer.alloc(160, 0x11) });
    bob.say({ sequence: 1, timestamp: 160, payload: Buffer.alloc(160, 0x22) });
    expect([bob.codes(), alice.codes()]).toEqual([[0x11], [0x22]]);
  });

  test('MED-14 a former partner hears silence when the other is connected elsewhere', () => {
    const { alice, bob, exchange, phone, pass } = twoConnected();
    const carol = phone('c', none);
    exchange.setMedia('a', withLeg('c'));
    alice.speak(0x11, 3);
    expect(carol.codes()).toContain(0x11);
    bob.heard.length = 0;
    pass(2000);
    expect(bob.codes()).toEqual([quiet]);
    expect(bob.heard.length).toBeGreaterThan(5);
  });

  test('MED-14 a leg is not connected with itself', () => {
    const { alice, exchange } = twoConnected();
    exchange.setMedia('a', withLeg('a'));
    alice.heard.length = 0;
    alice.speak(0x11, 2);
    expect(alice.codes()).not.toContain(0x11);
  });

  test('MED-05 is transcoded where the laws differ and only there', () => {
    const { alice, bob } = twoConnected({ payloadType: 8 });
    alice.speak(0x11, 1);
    bob.speak(0x22, 1);
    expect(bob.heard[0]).toMatchObject({ payloadType: 8 });
    expect(bob.heard[0]?.payload[0]).toBe(toOtherLaw.ulaw[0x11]);
    expect(alice.heard[0]).toMatchObject({ payloadType: 0 });
    expect(alice.heard[0]?.payload[0]).toBe(toOtherLaw.alaw[0x22]);
  });

  test('MED-15 a partner that sends nothing is heard as silence until it speaks again', () => {
    const { alice, bob, pass } = twoConnected();
    alice.speak(0x11, 5);
    pass(1000);
    alice.speak(0x12, 5);
    expect(bob.codes()).toEqual([0x11, quiet, 0x12]);
    expectContinuous(bob);
  });

  test('MED-15 a partner that is gone is heard as silence', () => {
    const { alice, bob, exchange, pass } = twoConnected();
    alice.speak(0x11, 5);
    exchange.close('a');
    bob.heard.length = 0;
    pass(1100);
    expect(bob.codes()).toEqual([quiet]);
    // five a second are enough to keep the way open
    expect(bob.heard).toHaveLength(5);
  });

  test('MED-04 what a leg hears is one stream, whatever changes behind it, and each change has the marker bit', () => {
    const { alice, bob, exchange, sounds, pass } = twoConnected();
    sounds.set('music-default', soundOf(0x33, 10));
    bob.heard.length = 0;
    alice.speak(0x11, 5);
    exchange.setMedia('b', { type: 'play', sounds: [{ type: 'music', name: 'default' }] });
    pass(100);
    exchange.setMedia('b', withLeg('a'));
    alice.speak(0x12, 5);
    expect(bob.codes()).toEqual([0x11, 0x33, 0x12]);
    expectContinuous(bob);
    const marked = bob.heard.filter(packet => packet.marker).map(packet => packet.payload[0]);
    expect(marked).toEqual([0x11, 0x33, 0x12]);
  });
});

describe('digits', () => {
  const event = (sequence: number, ended: boolean, duration: number, timestamp = 8000, code = 5) => ({
    payloadType: 101,
    sequence,
    timestamp,
    payload: Buffer.of(code, ended ? 0x8a : 0x0a, duration >> 8, duration & 0xff),
  });

  test('MED-06 a digit is told once, however many packets tell of it', () => {
    const { alice, events } = twoConnected();
    for (let i = 0; i < 5; i++) alice.say(event(i, i > 2, 160 * (i + 1)));
    alice.say(event(5, false, 160, 9600));
    expect(events).toEqual(Array(2).fill({ type: 'digit', leg: 'a', digit: '5' }));
  });

  test('MED-06 an event that is no key, and half an event, are no digit', () => {
    const { alice, events, counters } = twoConnected();
    alice.say(event(0, false, 160, 8000, 16));
    alice.say({ payloadType: 101, sequence: 1, timestamp: 9000, payload: Buffer.of(1, 0) });
    expect(events).toEqual([]);
    expect(counters.dropped.malformed).toBe(1);
  });

  test('MED-07 a digit goes on to the connected leg with the number that it knows events by', () => {
    const { alice, bob } = twoConnected({ telephoneEvent: 96 });
    alice.say(event(0, false, 160));
    alice.say(event(1, true, 800));
    expect(bob.heard.map(packet => packet.payloadType)).toEqual([96, 96]);
    expect(bob.heard[1]?.payload).toEqual(Buffer.of(5, 0x8a, 3, 32));
    expect(bob.heard[1]?.timestamp).toBe(bob.heard[0]?.timestamp);
  });

  test('MED-07 a phone that knows no events gets none', () => {
    const { alice, bob, counters } = twoConnected({ telephoneEvent: null });
    alice.say(event(0, false, 160));
    expect(bob.heard).toEqual([]);
    expect(counters.dropped.unheard).toBe(1);
  });

  test('MED-08 a sent digit lasts 100 ms at one timestamp and its end is sent three times', () => {
    const { exchange, phone, pass } = createTestExchange();
    const alice = phone('a', silent);
    exchange.sendDigits('a', '7');
    pass(400);
    const sent = alice.heard.filter(packet => packet.payloadType === 101);
    expect(
      sent.map(packet => [packet.payload[0], packet.payload[1], packet.payload.readUInt16BE(2)]),
    ).toEqual([
      [7, 10, 160],
      [7, 10, 320],
      [7, 10, 480],
      [7, 10, 640],
      [7, 0x8a, 800],
      [7, 0x8a, 800],
      [7, 0x8a, 800],
    ]);
    expect(new Set(sent.map(packet => packet.timestamp)).size).toBe(1);
    expect(sent.map(packet => packet.marker)).toEqual([true, ...Array(6).fill(false)]);
    const after = alice.heard[alice.heard.indexOf(sent.at(-1) as never) + 1];
    expect(after?.timestamp).toBe(((sent[0]?.timestamp ?? 0) + 7 * 160) >>> 0);
  });

  test('MED-08 digits wait for each other, and a comma for half a second', () => {
    const { exchange, phone, pass } = createTestExchange();
    const alice = phone('a', silent);
    exchange.sendDigits('a', '1,');
    exchange.sendDigits('a', '2d');
    pass(2000);
    const begins = alice.heard.flatMap((packet, i) =>
      packet.payloadType === 101 && packet.marker ? [[packet.payload[0], alice.times[i] as number]] : [],
    );
    expect(begins.map(([code]) => code)).toEqual([1, 2, 15]);
    const [first, second, third] = begins.map(([, at]) => at as number) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(100 + 500);
    expect(second - first).toBeLessThanOrEqual(100 + 500 + 120);
    expect(third - second).toBeGreaterThanOrEqual(100 + 40);
  });

  test('MED-08 digits for a phone that is on hold wait until it hears again', () => {
    const { exchange, phone, pass } = createTestExchange();
    const alice = phone('a', silent, { direction: 'inactive' });
    exchange.sendDigits('a', '7');
    pass(1000);
    expect(alice.heard).toEqual([]);
    alice.agree({ direction: 'sendrecv' });
    pass(200);
    expect(alice.heard.filter(packet => packet.payloadType === 101)).toHaveLength(7);
  });

  test('MED-08 what cannot be sent is counted, and no queue grows without end', () => {
    const { exchange, phone, counters } = createTestExchange();
    phone('a', silent);
    phone('b', silent, { telephoneEvent: null });
    exchange.sendDigits('a', '1x2');
    exchange.sendDigits('b', '123');
    expect(counters.digitsRefused).toBe(4);
    exchange.sendDigits('a', '1'.repeat(1000));
    expect(counters.digitsRefused).toBe(4 + 1000 - 62);
  });
});

describe('the directions agreed', () => {
  const directions: [MediaDirection, boolean, boolean][] = [
    ['sendrecv', true, true],
    ['sendonly', true, false],
    ['recvonly', false, true],
    ['inactive', false, false],
  ];

  test.each(directions)(
    'MED-16 with %s the phone is sent to: %s, and heard: %s',
    (direction, sent, heard) => {
      const { alice, bob, counters } = twoConnected({ direction });
      alice.speak(0x11, 3);
      bob.speak(0x22, 3);
      expect(bob.codes().includes(0x11)).toBe(sent);
      expect(alice.codes().includes(0x22)).toBe(heard);
      expect(counters.dropped.direction).toBe(heard ? 0 : 3);
    },
  );

  test.each<[MediaDirection, boolean]>([
    ['sendrecv', true],
    ['sendonly', false],
    ['recvonly', false],
    ['inactive', false],
  ])(
    'MED-17 with %s the silence of the phone is told: %s; a call on hold is not missed',
    (direction, told) => {
      const { events, pass, phone } = createTestExchange(5);
      phone('a', silent, { direction });
      pass(12_000);
      expect(events).toEqual(told ? [{ type: 'silent', leg: 'a' }] : []);
    },
  );

  test('MED-17 silence is told again after the phone has spoken again', () => {
    const { events, pass, phone } = createTestExchange(5);
    const alice = phone('a', silent);
    alice.speak(0x11, 5);
    pass(6000);
    alice.speak(0x11, 5);
    expect(events).toHaveLength(1);
    pass(6000);
    expect(events).toHaveLength(2);
  });

  test('MED-17 the time of silence begins anew when the phone may speak again, and not before the leg has media', () => {
    const { events, pass, phone, exchange } = createTestExchange(5);
    const alice = phone('a', silent, { direction: 'sendonly' });
    pass(10_000);
    alice.agree({ direction: 'sendrecv' });
    pass(4000);
    expect(events).toEqual([]);
    pass(2000);
    expect(events).toHaveLength(1);
    exchange.open('early', { send() {}, sendControl() {}, onPacket() {}, aim() {}, close() {} });
    exchange.setRemote('early', {
      address: '192.0.2.9',
      port: 9,
      payloadType: 0,
      telephoneEvent: null,
      direction: 'sendrecv',
    });
    pass(20_000);
    expect(events).toHaveLength(1);
  });

  test('MED-17 a phone that was silent before the call was answered has its time, and its silence is told again', () => {
    const { events, pass, phone, exchange } = createTestExchange(5);
    phone('a', silent);
    pass(9_000);
    expect(events).toEqual([{ type: 'silent', leg: 'a' }]);
    exchange.awaitSpeech('a');
    pass(4_500);
    expect(events).toHaveLength(1);
    pass(1_000);
    expect(events).toHaveLength(2);
  });
});

describe('hostile packets', () => {
  test('MED-21 a flood from a phone reaches its partner only as far as speech could', () => {
    const { alice, bob, counters } = twoConnected();
    for (let i = 0; i < 10_000; i++) alice.say({ sequence: i, timestamp: 160 * i });
    expect(bob.heard.length).toBeLessThanOrEqual(100);
    expect(counters.dropped.flood).toBe(10_000 - bob.heard.length);
    bob.speak(0x22, 3);
    expect(alice.codes()).toContain(0x22);
  });

  test('MED-02 noise is dropped and counted, and the call goes on', () => {
    const { alice, bob, counters } = twoConnected();
    alice.send(Buffer.alloc(3));
    alice.send(Buffer.alloc(40));
    alice.send(Buffer.alloc(5000, 0x80));
    alice.say({ sequence: 0, timestamp: 0, payloadType: 77 });
    expect(bob.heard).toEqual([]);
    expect(counters.dropped).toMatchObject({ malformed: 1, version: 1, huge: 1, payloadType: 1 });
    alice.speak(0x11, 2);
    expect(bob.codes()).toEqual([0x11]);
  });

  test('MED-02 no datagram of any content stops the exchange or is made into speech of another kind', () => {
    const { alice, bob, pass } = twoConnected({ payloadType: 8 });
    // A linear congruence is random enough, and the same each time.
    let state = 20_261_122;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let i = 0; i < 20_000; i++) {
      const packet = Buffer.from(Array.from({ length: random(60) }, () => random(256)));
      // Half of them begin like speech or digits, so that what is behind the header is reached.
      if (i % 2 === 0 && packet.length > 1) packet.set([0x80 | random(64), [0, 8, 101][random(3)] as number]);
      alice.send(packet);
      if (i % 3 === 0) pass(20);
    }
    expect(new Set(bob.heard.map(packet => packet.payloadType))).toEqual(new Set([8, 101]));
    expect(new Set(bob.heard.map(packet => packet.ssrc)).size).toBe(1);
    bob.heard.length = 0;
    for (let i = 0; i < 5; i++) alice.say({ ssrc: 7, sequence: i, timestamp: 160 * i });
    expect(bob.heard.length).toBeGreaterThanOrEqual(4);
  });

  test('MED-22 what is asked for a leg that is not open has no effect and is counted', () => {
    const { exchange, counters, phone } = createTestExchange();
    const alice = phone('a', withLeg('nobody'));
    for (const act of ['stopRecording', 'close'] as const) exchange[act]('nobody');
    exchange.sendDigits('nobody', '1');
    exchange.startRecording('nobody', '/nowhere');
    expect(counters.unknownLegs).toBe(5);
    alice.speak(0x11, 2);
    expect(alice.codes()).toEqual([quiet]);
  });
});
