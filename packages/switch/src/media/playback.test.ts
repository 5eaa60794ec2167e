import { expect, test } from 'vitest';
import type { LegMedia, Sound } from '../control/protocol.ts';
import { createTestExchange, soundOf } from './test-exchange.ts';

const play = (...sounds: Sound[]): LegMedia => ({ type: 'play', sounds });
const file = (name: string): Sound => ({ type: 'file', name });
const music = (name: string): Sound => ({ type: 'music', name });
const quiet = 0xff;

/** music of which each frame has its own code, from 1 */
function numbered(frames: number) {
  const codes = Buffer.concat(Array.from({ length: frames }, (_, i) => Buffer.alloc(160, i + 1)));
  return { ulaw: codes, alaw: codes };
}

function exchangeWithSounds() {
  const all = createTestExchange(1000);
  all.sounds.set('one', soundOf(0x11, 3));
  all.sounds.set('two', soundOf(0x22, 2));
  all.sounds.set('music-default', numbered(10));
  all.sounds.set('music-other', numbered(4));
  return all;
}

test('MED-10 sounds are heard in order, then the end is told once and silence follows', () => {
  const { phone, pass, events } = exchangeWithSounds();
  const alice = phone('a', play(file('one'), file('two')));
  pass(1000);
  const codes = alice.heard.map(packet => packet.payload[0]);
  expect(codes.slice(0, 7)).toEqual([0x11, 0x11, 0x11, 0x22, 0x22, quiet, quiet]);
  expect(codes).toHaveLength(50);
  expect(events).toEqual([{ type: 'playEnded', leg: 'a' }]);
});

test('MED-10 a sound that is missing is skipped and counted', () => {
  const { phone, pass, events, counters } = exchangeWithSounds();
  const alice = phone('a', play(file('nowhere'), file('two')));
  pass(40);
  expect(alice.codes()).toEqual([0x22]);
  pass(100);
  expect(counters.soundsMissing).toBe(1);
  expect(events).toHaveLength(1);
});

test('MED-10 a play of nothing is over at once', () => {
  const { phone, pass, events } = exchangeWithSounds();
  phone('a', play());
  pass(20);
  expect(events).toEqual([{ type: 'playEnded', leg: 'a' }]);
});

test('MED-10 what a leg already hears is not begun again, but what is over is', () => {
  const { phone, pass, exchange, events } = exchangeWithSounds();
  const alice = phone('a', play(file('one')));
  pass(40);
  exchange.setMedia('a', play(file('one')));
  pass(60);
  expect(alice.heard.filter(packet => packet.payload[0] === 0x11)).toHaveLength(3);
  exchange.setMedia('a', play(file('one')));
  pass(60);
  expect(alice.heard.filter(packet => packet.payload[0] === 0x11)).toHaveLength(6);
  pass(20);
  expect(events).toHaveLength(2);
});

test('MED-24 the end of a play is told by its name, and the same sounds by another name are played again', () => {
  const { phone, pass, exchange, events } = exchangeWithSounds();
  const named = (name: string): LegMedia => ({ type: 'play', sounds: [file('one'), music('default')], name });
  const alice = phone('a', { type: 'play', sounds: [file('one')], name: 'first' });
  pass(100);
  expect(events).toEqual([{ type: 'playEnded', leg: 'a', name: 'first' }]);
  const heard = () => alice.heard.splice(0).map(packet => packet.payload[0]);
  heard();
  exchange.setMedia('a', named('second'));
  pass(100);
  expect(heard().filter(code => code === 0x11)).toHaveLength(3);
  exchange.setMedia('a', named('second'));
  pass(100);
  expect(heard().filter(code => code === 0x11)).toHaveLength(0);
  exchange.setMedia('a', named('third'));
  pass(100);
  expect(heard().filter(code => code === 0x11)).toHaveLength(3);
});

test('MED-11 music goes on for ever, and after an interruption where it was', () => {
  const { phone, pass, exchange, events } = exchangeWithSounds();
  const alice = phone('a', play(music('default')));
  const heard = () => alice.heard.splice(0).map(packet => packet.payload[0]);
  pass(240);
  expect(heard()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2]);
  exchange.setMedia('a', play(file('two'), music('other')));
  pass(80);
  expect(heard()).toEqual([0x22, 0x22, 1, 2]);
  exchange.setMedia('a', play(music('default')));
  pass(40);
  expect(heard()).toEqual([3, 4]);
  expect(events).toEqual([]);
});

test('MED-11 each leg has its own place in the music', () => {
  const { phone, pass } = exchangeWithSounds();
  phone('a', play(music('default')));
  pass(100);
  const bob = phone('b', play(music('default')));
  pass(40);
  expect(bob.codes()).toEqual([1, 2]);
});

test('MED-11 music of an unknown class is the default one, counted once', () => {
  const { phone, pass, counters, sounds } = exchangeWithSounds();
  const alice = phone('a', play(music('jazz')));
  pass(100);
  expect(alice.codes()).toEqual([1, 2, 3, 4, 5]);
  sounds.delete('music-default');
  pass(100);
  expect(alice.codes()).toEqual([1, 2, 3, 4, 5, quiet]);
  expect(counters.soundsMissing).toBe(1);
});

test('MED-12 a tone goes on for ever', () => {
  const { phone, pass, events } = exchangeWithSounds();
  const alice = phone('a', play({ type: 'tone', name: 'busy' }));
  pass(3000);
  const loud = alice.heard.map(packet => packet.payload.some(code => code !== quiet));
  expect(loud.slice(0, 25)).toEqual(Array(25).fill(true));
  expect(loud.slice(25, 50)).toEqual(Array(25).fill(false));
  expect(loud.slice(100, 125)).toEqual(Array(25).fill(true));
  expect(events).toEqual([]);
});
