import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createDispatchSite, type DispatchSite } from '../testing/dispatch-site.ts';
import { invariantFaults } from '../testing/invariants.ts';

const clients = 100;
const items = 1000;
const everybody = Array.from({ length: clients }, (_, index) => index + 1);

/** All ask for the same call, in an order that is another one each time; those who got it. */
function race(site: DispatchSite, id: number, round: number): number[] {
  const order = everybody.map((_, index) => everybody[(index * 37 + round * 11) % clients] ?? 0);
  return order.filter(agentId => site.retrieve(agentId, 'Voice', id).ok);
}

test('DSP-50 of 100 who ask for each of 1,000 calls one gets it, and a call whose winner is lost waits again', () => {
  const site = createDispatchSite({
    agents: clients,
    group: () => ({ clericalSeconds: 0, dispatch: 'pick' }),
  });
  const { driver } = site;
  for (const agentId of everybody) site.picks(agentId);
  const wins = new Map<number, number>();
  let lost = 0;
  for (let round = 0; round < items; round += 1) {
    const caller = driver.arrive(1);
    let [id = 0] = site.waiting();
    let [winner = 0, ...others] = race(site, id, round);
    expect([winner > 0, others, site.waiting()]).toEqual([true, [], []]);
    if (round % 20 === 0) {
      // his application is killed while it rings at him
      lost += 1;
      driver.send({ type: 'clientLost', agentId: winner, client: `client-${winner}` });
      driver.pass(61_000);
      expect(driver.state.agents.get(winner)?.presence.type).toBe('loggedOff');
      site.picks(winner);
      [id = 0] = site.waiting();
      [winner = 0, ...others] = race(site, id, round + 1);
      expect([winner > 0, others]).toEqual([true, []]);
    }
    driver.answered(driver.lastLeg());
    expect(driver.call(winner, id).State).toBe(SessionState.Connected);
    driver.cleared(caller);
    wins.set(winner, (wins.get(winner) ?? 0) + 1);
    driver.published.length = 0;
    driver.steps.length = 0;
    driver.commands.length = 0;
  }
  expect([lost, wins.size > clients / 2]).toEqual([items / 20, true]);
  expect([driver.state.calls.size, driver.state.dispatch.items.size, driver.state.legs.size]).toEqual([
    0, 0, 0,
  ]);
  expect(invariantFaults(driver.state)).toEqual([]);
}, 120_000);

test('DSP-51 of 100 who reserve the same call one has it, and the others neither reserve nor retrieve it', () => {
  const site = createDispatchSite({ agents: clients });
  for (const agentId of everybody) site.picks(agentId);
  site.driver.arrive(1);
  const [id = 0] = site.waiting();
  const holders = everybody.filter(agentId => site.reserve(agentId, 'Voice', id).ok);
  expect(holders).toEqual([1]);
  expect(race(site, id, 5)).toEqual([1]);
});
