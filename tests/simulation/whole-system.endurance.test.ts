import { badCallManager, badNetwork, badSite, calm, rough, seedOfRun, type Troubles } from '@cordboard/sim';
import { afterAll, expect, test } from 'vitest';
import { createWholeWorld, type WholeTotals } from './whole-world.ts';

/** A run of another length than the default: CORDBOARD_EVENTS, over all weathers together. */
const wanted = Number(process.env['CORDBOARD_EVENTS'] ?? 1_000_000);
const seed = seedOfRun();
const all: WholeTotals[] = [];

const weathers: Record<string, { troubles: Troubles; agents: number; share: number }> = {
  calm: { troubles: calm, agents: 12, share: 0.15 },
  'bad network': { troubles: badNetwork, agents: 12, share: 0.2 },
  'bad site': { troubles: badSite, agents: 12, share: 0.2 },
  'bad call manager': { troubles: badCallManager, agents: 12, share: 0.2 },
  rough: { troubles: rough, agents: 24, share: 0.25 },
};

const eventsOf = ({ siteSteps, streamItems, clientEvents }: WholeTotals): number =>
  siteSteps + streamItems + clientEvents;

/** For those who run it, beside the result. */
const print = (line: string) => void process.stdout.write(`${line}\n`);

const worldOf = (troubles: Troubles, agents: number) =>
  createWholeWorld({
    seed,
    size: { agents, serviceGroups: 5, groupsPerAgent: 3 },
    callers: { betweenCalls: 72_000 / agents, patience: 90_000, talk: 40_000, wrongNumber: 0.02 },
    agentPace: 4_000,
    troubles,
  });

test('SYS-17 the same seed gives the same run of the whole system', async () => {
  const run = async () => {
    const world = worldOf(rough, 8);
    await world.run(5_000);
    return world.totals();
  };
  expect(await run()).toEqual(await run());
}, 600_000);

for (const [weather, { troubles, agents, share }] of Object.entries(weathers)) {
  test(`SYS-00 the whole system keeps its promises in simulated hours, ${weather}`, async () => {
    const began = performance.now();
    const world = worldOf(troubles, agents);
    await world.run(wanted * share);
    await world.close();
    const totals = world.totals();
    all.push(totals);
    print(`${weather}: ${JSON.stringify(totals)} in ${Math.round((performance.now() - began) / 1_000)} s`);
    expect(eventsOf(totals)).toBeGreaterThanOrEqual(wanted * share);
  }, 600_000);
}

afterAll(() => {
  const sum = (what: (totals: WholeTotals) => number) => all.reduce((total, each) => total + what(each), 0);
  print(
    `seed ${seed}: ${sum(eventsOf)} events, ${sum(each => each.simulatedHours).toFixed(1)} simulated hours, ` +
      `${sum(each => each.calls)} calls, ${sum(each => each.requests)} requests, ${sum(each => each.kills)} kills`,
  );
});
