import type { LegInventory, SiteState } from '@cordboard/core';
import { createDriver } from '@cordboard/core/testing';
import { expect, test } from 'vitest';
import { createFindings } from './findings.ts';
import { createSwitchCheck } from './switch-check.ts';

const talking = () => {
  const site = createDriver();
  site.talk(1);
  return site.state;
};

/** The legs as the site has them. */
const legsOf = (state: SiteState): LegInventory[] =>
  [...state.legs.values()].map(({ id, direction, progress, media, held }) => ({
    leg: id,
    direction,
    state: progress,
    media,
    held,
    recording: false,
  }));

/** What is found of a call manager that has these legs for so long. */
const found = (
  state: SiteState,
  { legs = legsOf(state), registered = true, milliseconds = 90_001 },
): string | null => {
  const findings = createFindings(() => 0, 'test');
  let now = 0;
  const check = createSwitchCheck({
    callManager: { instance: 'one', legs: () => legs, phones: { isRegistered: () => registered } },
    now: () => now,
    findings,
  });
  check.sample(state);
  now = milliseconds;
  check.sample(state);
  return findings.first?.split('\n')[0] ?? null;
};

test('SIM-62 a call manager that has what the site wants passes', () => {
  expect(found(talking(), {})).toBeNull();
});

test('SIM-62 what the call manager has and the site does not know is seen, and the other way round', () => {
  const state = talking();
  const [first, ...others] = legsOf(state);
  const stranger = { ...first, leg: 'stranger' } as LegInventory;
  expect(found(state, { legs: [...legsOf(state), stranger] })).toMatch(/^SIM-62 leg stranger needs .*clear/);
  expect(found(state, { legs: others })).toBe(`SIM-62 leg ${first?.leg} is known to the site alone`);
});

test('SIM-62 other media, a hold, an answer and a phone that one of them has not heard of are seen', () => {
  const state = talking();
  const legs = legsOf(state);
  const changed = (change: Partial<LegInventory>) => legs.map(each => ({ ...each, ...change }));
  expect(found(state, { legs: changed({ media: { type: 'play', sounds: [] } }) })).toContain('setMedia');
  expect(found(state, { legs: changed({ held: true }) })).toContain('setHold');
  expect(found(state, { legs: changed({ state: 'alerting' }) })).not.toBeNull();
  expect(found(state, { registered: false })).toContain('phone 1001 is registered here');
});

test('what is only under way is no fault, and silence is as good as nothing', () => {
  const state = talking();
  expect(found(state, { legs: [], milliseconds: 90_000 })).toBeNull();
  for (const leg of state.legs.values()) leg.media = { type: 'none' };
  const silence = { type: 'play', sounds: [{ type: 'silence' }] } as const;
  const legs = legsOf(state).map(each => ({ ...each, media: { ...silence, sounds: [...silence.sounds] } }));
  expect(found(state, { legs })).toBeNull();
});
