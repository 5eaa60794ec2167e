import { expect, test } from 'vitest';
import { createDriver, type Driver } from '../testing/driver.ts';
import { collectStep, menuFlow } from '../testing/flows.ts';
import { invariantFaults } from '../testing/invariants.ts';
import type { Flow, FlowStep } from './flow.ts';
import { maximumSteps } from './run-flow.ts';

const play = (sounds: string[], next = '', label = ''): FlowStep => ({ type: 'play', label, next, sounds });
const flowOf = (...steps: FlowStep[]): Flow => ({ name: 'flow', numbers: ['702'], steps });
const hears = (site: Driver, leg = 'caller'): string[] => {
  const media = site.state.legs.get(leg)?.media;
  return media?.type === 'play' ? media.sounds.map(each => ('name' in each ? each.name : each.type)) : [];
};
const press = (site: Driver, digits: string) => {
  for (const digit of digits) site.report({ type: 'digit', leg: 'caller', digit });
};
const played = (site: Driver) => site.report({ type: 'playEnded', leg: 'caller' });
const call = (site: Driver) => [...site.state.calls.values()][0];
const isCleared = (site: Driver) => site.commands.at(-1)?.type === 'clear' && site.state.calls.size === 0;

/** A caller has dialled the flow. */
function led(flow: Flow = menuFlow, change: object = {}): Driver {
  const site = createDriver({ groups: 2, change: { flows: [flow], ...change } });
  dial(site, '702');
  return site;
}

function dial(site: Driver, calledNumber: string, extension = ''): void {
  site.dials(calledNumber, { leg: 'caller', extension, callerNumber: '077' });
}

test('IVR-01 who dials the number of a flow is answered and led by it', () => {
  const site = led();
  expect(site.commands).toEqual([
    {
      type: 'answer',
      leg: 'caller',
      media: { type: 'play', sounds: [{ type: 'file', name: 'welcome' }], name: 'flow-1-1-1' },
    },
  ]);
  played(site);
  expect(hears(site)).toEqual(['prompt']);
});

test('IVR-02 sounds are played one after another, and the next step follows', () => {
  const site = led(flowOf(play(['one', 'two']), play(['three'])));
  expect(hears(site)).toEqual(['one', 'two']);
  played(site);
  expect(hears(site)).toEqual(['three']);
  played(site);
  expect(isCleared(site)).toBe(true);
});

test('IVR-02 the same sounds again are played again', () => {
  const site = led(flowOf(play(['one']), play(['one'])));
  played(site);
  expect(site.commands.at(-1)).toMatchObject({ type: 'setMedia', media: { sounds: [{ name: 'one' }] } });
});

/** What the caller hears now is over, by the name that it has. */
const nameHeard = (site: Driver): string | undefined => {
  const media = site.state.legs.get('caller')?.media;
  return media?.type === 'play' ? media.name : undefined;
};
const playedByName = (site: Driver, name = nameHeard(site)) =>
  site.report({ type: 'playEnded', leg: 'caller', ...(name !== undefined && { name }) });

test('IVR-14 the end of an earlier play, told late, skips nothing', () => {
  const site = led(flowOf(play(['one']), play(['one']), play(['two'])));
  const first = nameHeard(site);
  playedByName(site);
  expect(playedByName(site, first).events).toEqual([]);
  expect(hears(site)).toEqual(['one']);
  playedByName(site);
  expect(hears(site)).toEqual(['two']);
});

test('IVR-14 nor does that of a prompt which a wrong digit broke off', () => {
  const site = led(flowOf(collectStep({ invalid: [], menu: { 1: 'end' } }), play(['end'], '', 'end')));
  const first = nameHeard(site);
  press(site, '7');
  expect(nameHeard(site)).not.toBe(first);
  expect(playedByName(site, first).events).toEqual([]);
  expect(call(site)?.flow?.wait).toEqual({ type: 'prompting', attempt: 2 });
  playedByName(site);
  expect(call(site)?.flow?.wait.type).toBe('listening');
});

test('IVR-14 a call manager that names no play is believed', () => {
  const site = led(flowOf(play(['one']), play(['two'])));
  played(site);
  expect(hears(site)).toEqual(['two']);
});

test('IVR-02 a report that never comes does not keep a caller for ever', () => {
  const site = led(flowOf(play(['one'])));
  site.pass(300_000);
  expect(isCleared(site)).toBe(true);
});

test('IVR-03 a choice leads to a service group', () => {
  const site = led();
  played(site);
  press(site, '2');
  expect(call(site)?.service).toMatchObject({ groupId: 2, stage: { type: 'waiting' } });
  expect(call(site)?.flow).toBe(null);
  expect(hears(site)).toEqual(['greeting', 'default']);
});

test('IVR-03 or to a number', () => {
  const site = led();
  site.logOn(1);
  played(site);
  press(site, '3');
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, PhoneNumber: '077' });
});

test('IVR-03 a number that is not reached clears the caller', () => {
  const site = led();
  played(site);
  press(site, '3');
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: 'caller', cause: 'unreachable' });
});

test('IVR-05 a digit breaks off the prompt; before the first and between digits there is patience', () => {
  const step = collectStep({ minimumDigits: 2, maximumDigits: 3, field: 'Code' });
  const site = led(flowOf(step, play(['done'])));
  press(site, '1');
  expect(hears(site)).toEqual(['silence']);
  site.pass(2999);
  press(site, '2');
  site.pass(3000);
  expect(hears(site)).toEqual(['done']);
  expect(call(site)).toMatchObject({ ivrLabels: ['Code'], ivrData: ['12'] });
});

test('IVR-05 a wrong input is told and asked for again, so often; then the flow goes where it says, or ends', () => {
  const site = led(flowOf(collectStep({ menu: { 1: 'end' }, otherwise: 'end' }), play(['end'], '', 'end')));
  played(site);
  site.pass(5000);
  expect(hears(site)).toEqual(['invalid', 'prompt']);
  press(site, '7');
  expect(hears(site)).toEqual(['end']);
  const ending = led(flowOf(collectStep({ attempts: 1 }), play(['never'])));
  played(ending);
  ending.pass(5000);
  expect(isCleared(ending)).toBe(true);
});

test('IVR-07 opening hours lead one way or the other, by the time of the message', () => {
  const openingHours = [
    {
      name: 'day',
      timeZone: 'UTC',
      weekly: [{ days: ['thu' as const], from: '00:00', to: '12:00' }],
      holidays: [],
    },
  ];
  const flow = flowOf(
    { type: 'branch', label: '', hours: 'day', open: 'in', closed: 'out' },
    play(['in'], '', 'in'),
    play(['out'], '', 'out'),
  );
  expect(hears(led(flow, { openingHours }))).toEqual(['in']);
  const site = createDriver({ change: { flows: [flow], openingHours } });
  site.now += 13 * 3_600_000;
  dial(site, '702');
  expect(hears(site)).toEqual(['out']);
});

test('IVR-08 a flow sets IVR data, which the agent sees', () => {
  const site = createDriver({
    change: {
      flows: [
        flowOf(
          { type: 'setData', label: '', next: '', field: 'From', value: 'flow' },
          { type: 'queue', label: '', group: 1 },
        ),
      ],
    },
  });
  site.logOn(1);
  site.ready(1);
  dial(site, '702');
  expect(site.calls(1).at(-1)).toMatchObject({ State: 3, IVRLabels: ['From'], IVRData: ['flow'] });
});

test('IVR-09 a caller who goes round and round is cleared after 200 steps', () => {
  const site = led(flowOf(play(['again'], 'here', 'here')));
  for (let step = 1; step < maximumSteps; step++) played(site);
  expect(hears(site)).toEqual(['again']);
  played(site);
  expect(isCleared(site)).toBe(true);
});

test('IVR-09 steps are counted over all flows that a call goes through', () => {
  const there = { ...flowOf({ type: 'deflect', label: '', number: '703' }) };
  const back: Flow = {
    name: 'back',
    numbers: ['703'],
    steps: [{ type: 'deflect', label: '', number: '702' }],
  };
  const site = createDriver({ change: { flows: [there, back] } });
  dial(site, '702');
  expect(isCleared(site)).toBe(true);
});

test('IVR-10 what is not there any more ends the flow', () => {
  const site = led();
  site.send({ type: 'configure', configuration: { ...site.state.configuration, flows: [] } });
  played(site);
  expect(isCleared(site)).toBe(true);
});

test('IVR-10 a caller who hangs up leaves nothing behind', () => {
  const site = led();
  site.cleared('caller');
  expect(site.state.calls.size + site.state.legs.size + site.state.timers.save().length).toBe(0);
});

test('IVR-11 an agent who dials a flow is Connected to it', () => {
  const site = createDriver({ change: { flows: [menuFlow] } });
  site.logOn(1);
  dial(site, '702', '1001');
  expect(site.calls(1).map(each => each.State)).toEqual([2, 4, 6]);
  site.report({ type: 'digit', leg: 'caller', digit: '1' });
  played(site);
  press(site, '1');
  expect(call(site)?.service?.groupId).toBe(1);
  expect(invariantFaults(site.state)).toEqual([]);
});

test('IVR-12 digits and ended sounds of others are nobody’s business', () => {
  const site = createDriver({ change: { flows: [menuFlow] } });
  const { caller, leg } = site.talk(1);
  const steps = site.steps.length;
  for (const each of [caller, leg, 'stranger']) {
    site.report({ type: 'digit', leg: each, digit: '1' });
    site.report({ type: 'playEnded', leg: each });
  }
  expect(site.steps).toHaveLength(steps);
});

test('IVR-13 a flow goes on where it was after a restart', () => {
  const site = led();
  played(site);
  const restored = site.fork();
  press(restored, '2');
  expect(call(restored)?.service?.groupId).toBe(2);
});
