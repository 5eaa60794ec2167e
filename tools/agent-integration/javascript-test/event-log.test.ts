import { expect, test } from 'vitest';
import { clockTime, createEventLog, summaryOf } from './event-log.ts';

const names = (log: ReturnType<typeof createEventLog>, filter: string) =>
  log.matching(filter).map(each => each.name);

test('DEM-14 the newest event is first, and those are shown that hold every word of the filter', () => {
  const log = createEventLog();
  log.add('OnCallEvent', [{ ID: 1, CallerName: 'Cecilia Customer' }], 1_000);
  log.add('OnUserStatusUpdate', [{ ReadyStatus: true }], 2_000);
  expect(names(log, '')).toEqual(['OnUserStatusUpdate', 'OnCallEvent']);
  expect(names(log, 'cecilia')).toEqual(['OnCallEvent']);
  expect(names(log, ' call  CUSTOMER ')).toEqual(['OnCallEvent']);
  expect(names(log, 'cecilia ready')).toEqual([]);
  log.clear();
  expect(log.size).toBe(0);
});

test('of many events the last five hundred are kept', () => {
  const log = createEventLog();
  for (let number = 1; number <= 600; number++) log.add('OnCallEvent', [], number);
  expect(log.size).toBe(500);
  expect(log.matching('').at(0)?.number).toBe(600);
  expect(log.matching('').at(-1)?.number).toBe(101);
});

test.each<[unknown[], string]>([
  [
    [{ ID: 4, StateDescription: 'Offered', PhoneNumber: '2001', CallerName: 'Cecilia' }],
    '#4 Offered 2001 Cecilia',
  ],
  [[{ UserName: 'Anna', ReadyStatus: false }], 'Anna not ready'],
  [[{ ID: 9, CallingNumber: '2002' }, 0], '#9 2002'],
  [[true], 'true'],
  [[], ''],
  [[null], 'null'],
])('%j in half a line is %j', (values, summary) => {
  expect(summaryOf({ number: 1, at: 0, name: 'OnCallEvent', values })).toBe(summary);
});

test('a moment is told to the millisecond', () => {
  expect(clockTime(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
});
