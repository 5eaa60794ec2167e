import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import { consult } from '../testing/consultation.ts';
import { createDriver, type Driver } from '../testing/driver.ts';
import { invariantFaults } from '../testing/invariants.ts';

const minutes = 60_000;

/** Agent 1 speaks with a customer, and consults somebody outside, who has answered. */
function consultedOutside() {
  const scene = consult('0049');
  scene.site.answered(scene.far);
  return scene;
}

const clearedBy = (site: Driver) => site.commands.flatMap(each => (each.type === 'clear' ? [each.leg] : []));

test('CAL-180 outside parties who were transferred to each other are cut off after two hours', () => {
  const { site, caller, far, transfer } = consultedOutside();
  transfer();
  const before = clearedBy(site).length;
  site.pass(120 * minutes - 1);
  expect(clearedBy(site)).toHaveLength(before);
  site.pass(1);
  expect(clearedBy(site).slice(before).sort()).toEqual([caller, far].sort());
  expect(site.state.calls.size).toBe(0);
  const rows = site.steps.flatMap(callDetails);
  expect(rows.slice(-2)).toMatchObject([{ type: 'cutOff' }, { type: 'ended', detail: 'outsideLimit' }]);
});

const warnedBy = (site: Driver) =>
  site.commands.flatMap(each =>
    each.type === 'announce' && each.sound === 'limit-warning' ? [each.leg] : [],
  );

test('TRK-70 a minute before they are cut off both hear a warning, once, and after a restart too', () => {
  const { site, caller, far, transfer } = consultedOutside();
  transfer();
  site.pass(119 * minutes - 1);
  expect(warnedBy(site)).toEqual([]);
  const again = site.fork();
  for (const each of [site, again]) {
    const before = warnedBy(each).length;
    each.pass(1);
    expect(warnedBy(each).slice(before).sort()).toEqual([caller, far].sort());
    each.pass(minutes - 1);
    expect(warnedBy(each)).toHaveLength(before + 2);
    each.pass(1);
    expect(each.state.calls.size).toBe(0);
    expect(each.state.timers.save()).toEqual([]);
  }
});

test.each([
  ['switched off', 0],
  ['longer than the whole time', 120 * 60],
])('TRK-70 a warning that is %s is not given', (_what, outsideWarningSeconds) => {
  const timers = { ...createDriver().state.configuration.timers, outsideWarningSeconds };
  const site = createDriver({ change: { timers } });
  const { id, caller } = site.talk(1);
  site.request(1, { method: 'deflectCall', arguments: { callId: id, destination: '0049' } });
  const far = site.lastLeg();
  site.report({ type: 'alerting', leg: far });
  site.answered(far);
  site.pass(120 * minutes);
  expect(warnedBy(site)).toEqual([]);
  expect(clearedBy(site).slice(-2).sort()).toEqual([caller, far].sort());
});

test('TRK-70 a call that ends before is not warned', () => {
  const { site, caller, transfer } = consultedOutside();
  transfer();
  const outside = () => site.state.timers.save().flatMap(({ type }) => (/^outside/.test(type) ? [type] : []));
  expect(outside()).toEqual(['outside', 'outsideWarning']);
  site.cleared(caller);
  expect(outside()).toEqual([]);
});

test('CAL-180 so are those whom the last agent leaves in a conference', () => {
  const { site, caller, far, id } = consultedOutside();
  site.request(1, { method: 'conferenceActiveCall', arguments: {} });
  site.pass(200 * minutes);
  expect(site.call(1, id).State).toBe(10);
  site.request(1, { method: 'hangupActiveCall', arguments: {} });
  expect(site.state.legs.get(caller)?.media).toEqual({ type: 'connected', with: far });
  site.pass(119 * minutes);
  expect(site.state.legs.has(caller)).toBe(true);
  site.pass(1 * minutes);
  expect(site.state.legs.size).toBe(0);
});

test('CAL-180 so is a caller whom an agent has sent on to somebody outside', () => {
  const site = createDriver({
    change: { timers: { ...createDriver().state.configuration.timers, outsideCallMinutes: 5 } },
  });
  const { id, caller } = site.talk(1);
  site.request(1, { method: 'deflectCall', arguments: { callId: id, destination: '0049' } });
  const far = site.lastLeg();
  site.report({ type: 'alerting', leg: far });
  site.answered(far);
  const again = site.fork();
  again.pass(5 * minutes);
  expect(again.commands.slice(-2)).toEqual([
    { type: 'clear', leg: caller, cause: 'normal' },
    { type: 'clear', leg: far, cause: 'normal' },
  ]);
});

test('CAL-181 with a phone of the house in it a call has no bound, whether somebody is logged on there or not', () => {
  const site = createDriver();
  site.report({ type: 'registered', extension: '1002', address: '' });
  site.dials('0049', { leg: 'dialled', extension: '1002' });
  site.answered(site.lastLeg());
  expect(site.state.timers.save()).toEqual([]);
  expect(invariantFaults(site.state)).toEqual([]);
});
