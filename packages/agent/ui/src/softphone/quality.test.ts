import { expect, test, vi } from 'vitest';
import { countersOf, qualityOf, watchQuality } from './quality.ts';

const counters = { received: 0, lost: 0, jitter: 0, roundTrip: 0, farLoss: 0 };

test('SPH-43 what comes, what the far end says and the way itself are read from the statistics', () => {
  const reports = [
    { type: 'inbound-rtp', kind: 'audio', packetsReceived: 50, packetsLost: 1, jitter: 0.004 },
    { type: 'inbound-rtp', kind: 'video', packetsReceived: 9 },
    { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.1, roundTripTime: 0.05 },
    { type: 'candidate-pair', state: 'succeeded', nominated: true, currentRoundTripTime: 0.02 },
    { type: 'candidate-pair', state: 'waiting', currentRoundTripTime: 9 },
  ];
  expect(countersOf(reports)).toEqual({ received: 50, lost: 1, jitter: 4, roundTrip: 20, farLoss: 0.1 });
  expect(countersOf([])).toEqual(counters);
});

test.each([
  ['good', { received: 50 }],
  ['fair', { received: 48, lost: 2, jitter: 10, roundTrip: 200 }],
  ['bad', { received: 35, lost: 15, jitter: 20, roundTrip: 100 }],
  ['none', { received: 0 }],
] as const)('SPH-43 it is called %s', (grade, change) => {
  expect(qualityOf(counters, { ...counters, ...change }).grade).toBe(grade);
});

test('SPH-43 the worse direction counts, and counters that begin anew are no loss', () => {
  const now = { ...counters, received: 100, lost: 1 };
  expect(qualityOf({ ...counters, received: 50 }, now).loss).toBeCloseTo(1 / 51);
  expect(qualityOf({ ...counters, received: 50 }, { ...now, farLoss: 0.5 }).loss).toBe(0.5);
  expect(qualityOf({ ...counters, received: 500, lost: 9 }, counters).loss).toBe(0);
});

test('SPH-43 it is looked at once a second, until that ends', async () => {
  vi.useFakeTimers();
  const told: string[] = [];
  let received = 0;
  const getStats = async () => {
    received += 50;
    return new Map([
      ['in', { type: 'inbound-rtp', kind: 'audio', packetsReceived: received }],
    ]) as RTCStatsReport;
  };
  const stop = watchQuality({ getStats }, ({ grade }) => told.push(grade));
  await vi.advanceTimersByTimeAsync(3_000);
  stop();
  await vi.advanceTimersByTimeAsync(3_000);
  vi.useRealTimers();
  expect(told).toEqual(['good', 'good']);
});
