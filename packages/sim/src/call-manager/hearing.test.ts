import { expect, test } from 'vitest';
import { hears } from './hearing.ts';
import type { LegInventory, LegMedia } from './leg.ts';

const there = (media: Record<string, LegMedia>, notUp: readonly string[] = []) =>
  new Map<string, LegInventory>(
    Object.entries(media).map(([leg, its]) => [
      leg,
      {
        leg,
        direction: 'incoming',
        state: notUp.includes(leg) ? 'alerting' : 'up',
        media: its,
        held: false,
        recording: false,
      },
    ]),
  );
const talk: LegMedia = { type: 'conference', name: 'talk' };
const connected = (leg: string): LegMedia => ({ type: 'connected', with: leg });
const monitor = (of: string, whisper = false): LegMedia => ({ type: 'monitor', of, whisper });

test('two who are connected hear each other, one who is connected alone hears nobody', () => {
  const legs = there({ a: connected('b'), b: connected('a'), c: connected('a') });
  expect([hears(legs, 'a', 'b'), hears(legs, 'b', 'a'), hears(legs, 'c', 'a')]).toEqual([true, true, false]);
  expect(hears(there({ a: connected('b'), b: connected('a') }, ['b']), 'a', 'b')).toBe(false);
});

test('in a conference everybody hears everybody else, and nobody of another', () => {
  const legs = there({ a: talk, b: talk, c: talk, d: { type: 'conference', name: 'other' } });
  expect(['a', 'b', 'c', 'd'].map(each => hears(legs, 'a', each))).toEqual([false, true, true, false]);
});

test('who listens hears both sides and is heard by nobody; whispering, by one alone', () => {
  const silent = there({ agent: connected('caller'), caller: connected('agent'), boss: monitor('agent') });
  expect([hears(silent, 'boss', 'agent'), hears(silent, 'boss', 'caller')]).toEqual([true, true]);
  expect([hears(silent, 'agent', 'boss'), hears(silent, 'caller', 'boss')]).toEqual([false, false]);
  const coach = there({ agent: talk, caller: talk, boss: monitor('agent', true) });
  expect([hears(coach, 'agent', 'boss'), hears(coach, 'caller', 'boss')]).toEqual([true, false]);
});
