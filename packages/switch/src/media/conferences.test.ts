import { describe, expect, test } from 'vitest';
import type { LegMedia } from '../control/protocol.ts';
import { decode } from './g711.ts';
import { createTestExchange } from './test-exchange.ts';
import { hears, type Talker, talk, toneOf } from './test-talk.ts';

const conference = (name = 'sales'): LegMedia => ({ type: 'conference', name });
const silent: LegMedia = { type: 'play', sounds: [{ type: 'silence' }] };
const voices = [400, 700, 1000];

/** Alice (400 Hz), Bob (700) and Carol (1000, PCMA) in one conference. */
function threeTogether() {
  const all = createTestExchange();
  const alice: Talker = { phone: all.phone('a', conference()), hertz: 400 };
  const bob: Talker = { phone: all.phone('b', conference()), hertz: 700 };
  const carol: Talker = {
    phone: all.phone('c', conference(), { payloadType: 8 }),
    hertz: 1000,
    payloadType: 8,
  };
  return { ...all, alice, bob, carol, everybody: [alice, bob, carol] };
}

describe('a conference', () => {
  test('MED-30 each hears the others and not itself, whatever law it speaks', () => {
    const { alice, bob, carol, everybody, pass } = threeTogether();
    talk(everybody, pass, 10);
    expect(hears(alice.phone, voices)).toEqual([700, 1000]);
    expect(hears(bob.phone, voices)).toEqual([400, 1000]);
    expect(hears(carol.phone, voices)).toEqual([400, 700]);
    expect(carol.phone.heard.at(-1)?.payloadType).toBe(8);
  });

  test('MED-30 what is heard is one stream with a packet in each 20 ms', () => {
    const { alice, everybody, pass } = threeTogether();
    talk(everybody, pass, 20);
    const { heard } = alice.phone;
    expect(heard).toHaveLength(20);
    heard.slice(1).forEach((packet, i) => {
      expect(packet.sequence - (heard[i]?.sequence ?? 0)).toBe(1);
      expect(packet.timestamp - (heard[i]?.timestamp ?? 0)).toBe(160);
      expect(packet.marker).toBe(false);
    });
  });

  test('MED-31 what is too loud together is cut and does not turn over', () => {
    const all = createTestExchange();
    const loud = Buffer.alloc(160, 0x80); // the loudest positive sample of PCMU
    const speakers = ['a', 'b', 'c'].map(id => all.phone(id, conference()));
    const listener = all.phone('d', conference());
    for (let i = 0; i < 10; i++) {
      for (const phone of speakers) phone.say({ sequence: i, timestamp: 160 * i, payload: loud });
      all.pass(20);
    }
    const samples = decode(listener.heard.at(-1)?.payload ?? Buffer.alloc(0), 'ulaw');
    expect(samples.every(sample => sample > 32_000)).toBe(true);
  });

  test('MED-32 one alone hears silence, two hear each other', () => {
    const all = createTestExchange();
    const alice: Talker = { phone: all.phone('a', conference()), hertz: 400 };
    talk([alice], all.pass, 5);
    expect(alice.phone.heard).toHaveLength(5);
    expect(alice.phone.codes()).toEqual([0xff]);
    const bob: Talker = { phone: all.phone('b', conference()), hertz: 700 };
    talk([alice, bob], all.pass, 5, 5);
    expect(hears(alice.phone, voices)).toEqual([700]);
    expect(hears(bob.phone, voices)).toEqual([400]);
  });

  test('MED-32 who leaves is heard no more, and hears the rest no more', () => {
    const { alice, bob, carol, everybody, pass, exchange } = threeTogether();
    talk(everybody, pass, 5);
    exchange.setMedia('a', silent);
    talk(everybody, pass, 5, 5);
    expect(hears(alice.phone, voices)).toEqual([]);
    expect(hears(bob.phone, voices)).toEqual([1000]);
    exchange.close('b');
    talk([alice, carol], pass, 5, 10);
    expect(hears(carol.phone, voices)).toEqual([]);
    exchange.setMedia('a', conference());
    talk([alice, carol], pass, 5, 15);
    expect(hears(carol.phone, voices)).toEqual([400]);
  });

  test('MED-32 a leg that goes over to another conference, or to a partner, is in one place only', () => {
    const { alice, bob, carol, everybody, pass, exchange } = threeTogether();
    exchange.setMedia('a', conference('other'));
    talk(everybody, pass, 5);
    expect(hears(bob.phone, voices)).toEqual([1000]);
    expect(hears(alice.phone, voices)).toEqual([]);
    exchange.setMedia('b', { type: 'connected', with: 'a' });
    talk(everybody, pass, 5, 5);
    expect(hears(alice.phone, voices)).toEqual([700]);
    expect(hears(bob.phone, voices)).toEqual([400]);
    expect(hears(carol.phone, voices)).toEqual([]);
  });

  test('MED-32 who sends nothing adds nothing, and who may not be sent to gets nothing', () => {
    const { alice, bob, carol, pass } = threeTogether();
    talk([alice], pass, 5);
    expect(hears(bob.phone, voices)).toEqual([400]);
    bob.phone.agree({ direction: 'inactive' });
    bob.phone.heard.length = 0;
    talk([alice, bob], pass, 5, 5);
    expect(bob.phone.heard).toEqual([]);
    expect(hears(carol.phone, voices)).toEqual([400]);
  });

  test('MED-33 a digit is told once and heard by nobody', () => {
    const { alice, bob, events, pass } = threeTogether();
    talk([alice, bob], pass, 5);
    bob.phone.heard.length = 0;
    for (let i = 0; i < 7; i++) {
      alice.phone.say({
        payloadType: 101,
        sequence: 5 + i,
        timestamp: 800,
        payload: Buffer.of(5, i > 4 ? 0x8a : 0x0a, 0, 160),
      });
      pass(20);
    }
    expect(events).toEqual([{ type: 'digit', leg: 'a', digit: '5' }]);
    expect(new Set(bob.phone.heard.map(packet => packet.payloadType))).toEqual(new Set([0]));
    expect(hears(bob.phone, voices)).toEqual([]);
    talk([alice, bob], pass, 5, 12);
    expect(hears(bob.phone, voices)).toEqual([400]);
  });

  test('MED-33 a digit can be sent to one of them; the others hear nothing of it', () => {
    const { alice, bob, everybody, pass, exchange } = threeTogether();
    exchange.sendDigits('a', '7');
    talk(everybody, pass, 20);
    expect(alice.phone.heard.filter(packet => packet.payloadType === 101)).toHaveLength(7);
    expect(bob.phone.heard.every(packet => packet.payloadType === 0)).toBe(true);
    expect(hears(alice.phone, voices)).toEqual([700, 1000]);
  });

  test('MED-42 a member whose phone is gone is told to be silent', () => {
    const all = createTestExchange(5);
    const alice: Talker = { phone: all.phone('a', conference()), hertz: 400 };
    all.phone('b', conference());
    talk([alice], all.pass, 300);
    expect(all.events).toEqual([{ type: 'silent', leg: 'b' }]);
  });

  test('MED-42 a flood from one member does not touch what the others say, nor do its invented sources', () => {
    const { alice, bob, carol, pass, counters } = threeTogether();
    for (let i = 0; i < 50; i++) {
      for (let j = 0; j < 200; j++) {
        const wild = Math.imul(i * 200 + j, 2_654_435_761) >>> 0;
        alice.phone.say({ ssrc: j % 3, sequence: wild & 0xffff, timestamp: wild, payload: toneOf(400) });
      }
      talk([bob], pass, 1, i);
    }
    expect(counters.dropped.flood).toBeGreaterThan(9000);
    expect(hears(carol.phone, voices)).toContain(700);
    expect(carol.phone.heard).toHaveLength(50);
  });
});
