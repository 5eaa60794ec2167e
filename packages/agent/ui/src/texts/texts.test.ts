import { refusals, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { english } from './english.ts';
import { german } from './german.ts';
import {
  dayAndTime,
  duration,
  localeOf,
  methodText,
  problemText,
  reasonText,
  stateText,
  textsFor,
} from './texts.ts';

const keysOf = (value: object, path = ''): string[] =>
  Object.entries(value).flatMap(([key, text]) =>
    typeof text === 'object' && text !== null ? keysOf(text, `${path}${key}.`) : [`${path}${key}`],
  );

test('WIN-27 every text stands in both languages, and none is empty', () => {
  expect(keysOf(german).sort()).toEqual(keysOf(english).sort());
  expect(JSON.stringify([english, german])).not.toContain(':""');
});

test('WIN-27 the first language of the reader that there is, is used; English else', () => {
  expect(textsFor(['fr', 'de-CH', 'en']).language).toBe('de');
  expect(textsFor(['en-GB', 'de']).language).toBe('en');
  expect(textsFor(['sv']).language).toBe('en');
});

test('every reason of a refusal has its text; another is shown as it came', () => {
  for (const reason of Object.keys(refusals)) expect(reasonText(german, reason)).not.toBe(reason);
  expect(reasonText(english, 'ofALaterRelease')).toBe('ofALaterRelease');
  expect(problemText(english, 'wrongCredentials')).toBe('User or password is wrong.');
  expect(problemText(english, 'the server cannot be reached: x')).toContain('x');
});

test.each([
  [0, '0:00'],
  [75_000, '1:15'],
  [600_000, '10:00'],
  [3_661_000, '1:01:01'],
  [-5, '0:00'],
])('%d ms is shown as %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));

test('WIN-27 times are written as the reader writes them, in the language of the texts', () => {
  expect(localeOf(english, ['de-AT', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(localeOf(german, ['en-GB'])).toBe('de');
  expect(dayAndTime(null, 'de')).toBe('');
  expect(dayAndTime('2020-05-06T12:00:00.000Z', 'de')).toMatch(/^06\.05\.2020 \d\d:00$/);
  expect(dayAndTime(new Date().toISOString(), 'de')).toMatch(/^\d\d:\d\d$/);
});

test('WIN-64 what the agent asked by a button has words, not the name of a method', () => {
  expect(methodText(english, 'deflectCall')).toBe('The call was not deflected');
  expect(methodText(german, 'ofALaterRelease')).toBe('Abgelehnt');
  expect(methodText(english, 'toString')).toBe('Refused');
  expect(methodText(english, null)).toBe('Refused');
});

test('WIN-206 a session says that its customer identifies himself, and that a number is busy; else its state', () => {
  const text = (State: SessionState, StateDescription: string) =>
    stateText(english, { State, StateDescription });
  expect(text(SessionState.OnHold, 'Authenticating')).toBe('The caller identifies himself');
  expect(text(SessionState.Failed, 'Busy')).toBe('Busy');
  expect(text(SessionState.OnHold, 'On Hold')).toBe('On hold');
  expect(text(SessionState.Failed, 'toString')).toBe('Failed');
});
