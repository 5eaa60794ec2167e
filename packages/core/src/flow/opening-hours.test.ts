import { expect, test } from 'vitest';
import { isOpen, isTimeZone, type OpeningHours, weekdays } from './opening-hours.ts';

const hours: OpeningHours = {
  name: 'office',
  timeZone: 'Europe/Stockholm',
  weekly: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00' },
    { days: ['sat'], from: '22:00', to: '02:00' },
  ],
  holidays: ['2026-01-06', '2026-05-02'],
};
const at = (iso: string): number => Date.parse(iso);

const moments: [iso: string, open: boolean, what: string][] = [
  ['2026-01-05T06:59:59Z', false, 'before eight on a Monday in winter'],
  ['2026-01-05T07:00:00Z', true, 'at eight'],
  ['2026-07-06T06:00:00Z', true, 'at eight in summer, an hour earlier in UTC'],
  ['2026-07-06T15:00:00Z', false, 'at five in the afternoon'],
  ['2026-01-06T10:00:00Z', false, 'on a holiday'],
  ['2026-01-04T10:00:00Z', false, 'on a Sunday'],
  ['2026-01-10T21:30:00Z', true, 'on Saturday night'],
  ['2026-01-11T00:59:00Z', true, 'past midnight, which is still Saturday night'],
  ['2026-01-11T01:00:00Z', false, 'when the night is over'],
  ['2026-05-02T23:00:00Z', false, 'in the night of a holiday'],
  ['2026-03-29T01:30:00Z', false, 'in the hour after the clocks went forward'],
];

test.each(moments)('IVR-20 %s is open: %s (%s)', (iso, open) => {
  expect(isOpen(hours, at(iso))).toBe(open);
});

test('IVR-20 the night after a short day belongs to that day, a holiday or not', () => {
  const nights = { ...hours, weekly: [{ days: [...weekdays], from: '22:00', to: '02:00' }] };
  // half past midnight on Monday, after the Sunday on which the clocks went forward
  const monday = at('2026-03-29T22:30:00Z');
  expect(isOpen({ ...nights, holidays: ['2026-03-29'] }, monday)).toBe(false);
  expect(isOpen({ ...nights, holidays: ['2026-03-28'] }, monday)).toBe(true);
});

test('IVR-20 the end of the day is 24:00', () => {
  const always = { ...hours, weekly: [{ days: [...weekdays], from: '00:00', to: '24:00' }], holidays: [] };
  for (let hour = 0; hour < 48; hour++)
    expect(isOpen(always, at('2026-03-28T00:00:00Z') + hour * 3_600_000)).toBe(true);
});

test('IVR-20 the zone of the machine has no say', () => {
  const before = process.env['TZ'];
  const readings = ['UTC', 'Asia/Tokyo', 'America/New_York'].map(zone => {
    process.env['TZ'] = zone;
    return moments.map(([iso]) => isOpen(hours, at(iso)));
  });
  process.env['TZ'] = before;
  if (before === undefined) delete process.env['TZ'];
  expect(readings).toEqual(readings.map(() => moments.map(([, open]) => open)));
});

test('a zone that nobody knows is none', () => {
  expect([isTimeZone('Europe/Stockholm'), isTimeZone('Middle/Earth'), isTimeZone('')]).toEqual([
    true,
    false,
    false,
  ]);
});
