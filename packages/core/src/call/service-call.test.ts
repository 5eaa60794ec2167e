import { expect, test } from 'vitest';
import { replay } from '../evolve.ts';
import { snapshot } from '../snapshot.ts';
import { createSite } from '../state.ts';
import { createDriver } from '../testing/driver.ts';

test('CAL-01 a service call is queued, offered, answered, hung up and wrapped up, and each state is told', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  const caller = site.arrive(1);
  const id = site.calls(1)[0]?.ID ?? 0;
  expect(site.commands.filter(each => each.type === 'originate')).toHaveLength(1);
  expect(site.request(1, { method: 'answerCall', arguments: { callId: id } })).toEqual({
    ok: true,
    value: true,
  });
  const leg = site.lastLeg();
  site.answered(leg);
  expect(site.commands.at(-1)).toEqual({
    type: 'setMedia',
    leg: caller,
    media: { type: 'connected', with: leg },
  });
  site.cleared(caller);
  site.pass(30_000);
  expect(site.states(1, id)).toEqual([3, 6, 11, 99, 1]);
  expect(site.state.calls.size).toBe(0);
  expect(site.state.legs.size).toBe(0);

  const again = createSite();
  expect(replay(again, site.steps)).toEqual(site.published);
  expect(snapshot(again)).toEqual(snapshot(site.state));
});
