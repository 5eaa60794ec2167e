import { type Answer, accepted, refused } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { clericalTime } from '../state/clerical-time.ts';
import { createServerClock } from './server-clock.ts';

/** A page whose clock is wrong by `skew`, and a server whose answers take so long, there and back. */
const openBench = (skew: number) => {
  const bench = { server: Date.parse('2026-11-23T02:00:00Z'), skew, takes: 20, knows: true };
  const now = () => bench.server + bench.skew;
  const ask = async (): Promise<Answer> => {
    if (!bench.knows) return refused('connectionLost');
    bench.server += bench.takes / 2;
    const told = bench.server;
    bench.server += bench.takes / 2;
    return accepted({ now: told });
  };
  const elapsed = () => bench.server;
  return { bench, now, clock: createServerClock({ ask, now, elapsed }) };
};

test.each([30_000, -30_000, 3_600_000])(
  'WIN-225 on a machine whose clock is wrong by %d ms the clerical time is shown as the site has it',
  async skew => {
    const { bench, now, clock } = openBench(skew);
    expect(await clock.measure()).toBe(true);
    const until = new Date(bench.server + 45_000).toISOString();
    const shown = clericalTime(until, bench.server - 15_000, now() + clock.offset());
    expect(Math.round(shown.left / 1_000)).toBe(45);
    expect(Math.round(shown.percent)).toBe(75);
  },
);

test('WIN-225 an answer that waited somewhere does not mislead; a clock that is set is noticed at the next one', async () => {
  const { bench, clock } = openBench(5_000);
  await clock.measure();
  bench.takes = 1_500;
  await clock.measure();
  expect(clock.offset()).toBe(-5_000);
  bench.takes = 100;
  bench.skew = -60_000;
  await clock.measure();
  expect(clock.offset()).toBe(60_000);
});

test('WIN-225 as long as nobody tells, the clock of this machine is believed', async () => {
  const { bench, clock } = openBench(7);
  bench.knows = false;
  expect([await clock.measure(), clock.offset()]).toEqual([false, 0]);
});
