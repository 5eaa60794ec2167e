import { expect, test } from 'vitest';
import { createDriver } from '../testing/driver.ts';
import { nextDue } from './fire-timers.ts';
import { Timers } from './timers.ts';

test('the earliest is next, and of those of one moment the one that was set first', () => {
  const timers = new Timers();
  timers.set({ type: 'ring', id: 1, due: 20, order: 1 });
  timers.set({ type: 'ring', id: 2, due: 10, order: 2 });
  timers.set({ type: 'clerical', id: 1, due: 10, order: 3 });
  expect(timers.next()).toMatchObject({ type: 'ring', id: 2 });
  timers.cancel('ring', 2);
  expect(timers.next()).toMatchObject({ type: 'clerical', id: 1 });
});

test('a timer that is set again counts from then', () => {
  const timers = new Timers();
  timers.set({ type: 'ring', id: 1, due: 10, order: 1 });
  timers.set({ type: 'ring', id: 1, due: 30, order: 2 });
  expect(timers.save()).toEqual([{ type: 'ring', id: 1, due: 30, order: 2 }]);
});

test('RTE-35 timers survive a restart', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  const again = site.fork();
  expect(nextDue(again.state)).toBe(nextDue(site.state));
  again.pass(20_000);
  expect(again.user(1).VoiceNotReadyReasonString).toBe('No answer');
});

test('RTE-36 a timer that nobody asked about in time still fires, once, with the time of asking', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  site.now += 3_600_000;
  expect(site.send({ type: 'timersDue' }).events.length).toBeGreaterThan(0);
  expect(site.send({ type: 'timersDue' }).events).toEqual([]);
});

test('RTE-37 time never goes back', () => {
  const site = createDriver();
  site.logOn(1);
  site.ready(1);
  site.now -= 60_000;
  const caller = site.arrive(1);
  site.now += 60_000;
  site.answered('l1');
  site.cleared(caller);
  const { StartTime, ConnectedTime } = site.calls(1).at(-1) ?? {};
  expect(StartTime).toBe(ConnectedTime);
});
