import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from '../evolve.ts';
import { snapshot } from '../snapshot.ts';
import { createSite } from '../state.ts';
import type { Act } from '../testing/act.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { explore } from '../testing/explore.ts';
import { invariantFaults } from '../testing/invariants.ts';
import { actOnListeners } from '../testing/listening-world.ts';
import { actKinds, worldOptions } from '../testing/random-world.ts';
import { stateTableFaults } from '../testing/state-table-faults.ts';

const acts = fc.array(
  fc.record({
    kind: fc.nat(2 * actKinds - 1),
    who: fc.nat(2),
    which: fc.nat(7),
    detail: fc.nat(39),
  }),
  { minLength: 20, maxLength: 120, size: 'max' },
);

const world = (): Driver => {
  const driver = createDriver(worldOptions);
  for (const agentId of [1, 2, 3]) driver.logOn(agentId);
  return driver;
};

function check(property: (driver: Driver, sequence: Act[]) => void): void {
  fc.assert(
    fc.property(acts, sequence => property(world(), sequence)),
    explore(60, process.env),
  );
}

test('whoever records, listens, intrudes and is called back, the invariants hold, and each session moves as the state table says', () => {
  check((driver, sequence) => {
    for (const act of sequence) {
      actOnListeners(driver, act);
      expect(invariantFaults(driver.state)).toEqual([]);
    }
    expect(stateTableFaults(driver, [1, 2, 3])).toEqual([]);
  });
}, 300_000);

test('by such acts all of it happens: otherwise they would prove nothing', () => {
  const seen = new Set<string>();
  for (const sequence of fc.sample(acts, { numRuns: 150, seed: 1 })) {
    const driver = world();
    for (const act of sequence) actOnListeners(driver, act);
    for (const { events } of driver.steps) for (const { type } of events) seen.add(type);
  }
  const wanted = [
    'recordingStopping',
    'monitorListening',
    'monitorModeSet',
    'callIntruded',
    'callbackFailed',
  ];
  expect(wanted.filter(each => !seen.has(each))).toEqual([]);
}, 300_000);

test('CAL-02 CAL-03 the journal, and a snapshot, give the same state and the same streams again', () => {
  check((driver, sequence) => {
    const half = sequence.length >> 1;
    for (const act of sequence.slice(0, half)) actOnListeners(driver, act);
    const restored = driver.fork();
    for (const act of sequence.slice(half)) {
      actOnListeners(driver, act);
      actOnListeners(restored, act);
    }
    expect(restored.steps).toEqual(driver.steps);
    expect(restored.published).toEqual(driver.published);
    const again = createSite();
    expect(replay(again, JSON.parse(JSON.stringify(driver.steps)))).toEqual(driver.published);
    expect(snapshot(again)).toEqual(snapshot(driver.state));
  });
}, 300_000);
