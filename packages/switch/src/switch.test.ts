import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReportBody } from './control/protocol.ts';
import { createSwitchBench } from './testing/switch-bench.ts';
import { createVirtualPhone } from './testing/virtual-phone.ts';

/** Repeatable chance: a number from 0 up to 1 each time (mulberry32). */
/** The same walk each time; CORDBOARD_SEED=chance takes another. */
const { CORDBOARD_SEED: seedOfWalk = '1' } = process.env;
const walk = seedOfWalk === 'chance' ? {} : { seed: Number(seedOfWalk) };

function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Callers and agents of a trunk, and a controller that answers, connects, holds and clears them as chance has it. */
async function busyHour(seed: number, impaired: boolean) {
  const random = chance(seed);
  const delivery = () => {
    if (!impaired) return [1];
    if (random() < 0.15) return [];
    const delay = 1 + Math.floor(random() * 60);
    return random() < 0.1 ? [delay, delay + 20] : [delay];
  };
  const bench = await createSwitchBench({
    trunks: ['192.0.2.50', '192.0.2.51'].map(address => ({ name: `at-${address}`, address })),
    sessionTimer: { interval: 180, minimum: 90 },
    random,
    delivery,
  });
  const { clock, perform, made } = bench;
  const habits = {
    finalStatus: () => (random() < 0.7 ? 200 : 486),
    ringMilliseconds: () => random() * 8_000,
    talkMilliseconds: () => random() * 200_000,
    givesUp: () => random() < 0.2,
  };
  const callers = createVirtualPhone(bench.network.peer('192.0.2.50'), clock, habits);
  const agents = createVirtualPhone(bench.network.peer('192.0.2.51'), clock, habits);
  const begun: string[] = [];
  let count = 0;

  made.onReport(report => {
    if (report.type === 'arrived') {
      begun.push(report.leg);
      clock.after(random() * 3_000, () => serve(report.leg));
    } else if (report.type === 'cleared' && random() < 0.5) {
      const other = made.control.inventory().legs.find(({ media }) => media.type === 'none');
      if (other !== undefined) perform({ type: 'clear', leg: other.leg, cause: 'normal' });
    }
  });

  function serve(leg: string): void {
    perform({ type: 'alert', leg });
    if (random() < 0.1) perform({ type: 'clear', leg, cause: 'busy' });
    const answered = perform({ type: 'answer', leg, media: { type: 'none' } });
    if (answered !== undefined) return;
    const agent = `agent${++count}`;
    const refusal = perform({
      type: 'originate',
      leg: agent,
      to: { uri: 'sip:agent@at-192.0.2.51' },
      callerNumber: '1',
      callerName: '',
      answering: 'phone',
      ringSeconds: 6,
      media: { type: 'connected', with: leg },
    });
    if (refusal === undefined) begun.push(agent);
    clock.after(random() * 60_000, () => perform({ type: 'setHold', leg, on: true }));
    clock.after(random() * 90_000, () => perform({ type: 'setHold', leg, on: false }));
    clock.after(random() * 150_000, () => perform({ type: 'clear', leg, cause: 'normal' }));
  }

  async function pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 20) {
      clock.advance(20);
      callers.step();
      agents.step();
      // Promises of the media engine.
      if (passed % 100 === 0) await new Promise(resolve => setImmediate(resolve));
    }
  }

  for (let i = 0; i < 12; i++) {
    callers.call(`${5_000 + i}`);
    await pass(random() * 4_000);
  }
  await pass(250_000);
  for (const { leg } of made.control.inventory().legs) perform({ type: 'clear', leg, cause: 'normal' });
  await pass(140_000);
  return { ...bench, begun };
}

function legsOf(reports: readonly ReportBody[], type: 'cleared' | 'answered' | 'alerting'): string[] {
  return reports.flatMap(report => (report.type === type ? [report.leg] : []));
}

test.each([false, true])(
  'SIP-38 every call ends once and leaves nothing behind, on a network that loses, doubles and reorders: %s',
  async impaired => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async seed => {
        const { made, reports, begun, engine, clock } = await busyHour(seed, impaired);
        expect(begun.length).toBeGreaterThan(0);
        expect(legsOf(reports, 'cleared').sort()).toEqual([...begun].sort());
        for (const type of ['answered', 'alerting'] as const) {
          const legs = legsOf(reports, type);
          expect(new Set(legs).size).toBe(legs.length);
        }
        expect(made.control.stats()).toMatchObject({
          currentLegs: 0,
          currentDialogs: 0,
          currentServerTransactions: 0,
          currentClientTransactions: 0,
          malformed: 0,
          refused: 0,
        });
        expect(engine.legs.size).toBe(0);
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 8, ...walk },
    );
  },
  60_000,
);
