import { expect, test } from 'vitest';
import { mayConnect } from './origin.ts';

test.each([
  ['http://127.0.0.1:8480', true],
  ['http://localhost:3000', true],
  ['http://[::1]:3000', true],
  ['https://example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['null', false],
  ['', false],
])('WRT-02 without configured origins a page of %s may connect: %s', (origin, may) => {
  expect(mayConnect(origin, [])).toBe(may);
});

test('WRT-02 with configured origins only those may connect, written exactly so', () => {
  const allowed = ['https://desk.example.com'];
  expect(mayConnect('https://desk.example.com', allowed)).toBe(true);
  expect(mayConnect('https://desk.example.com:8443', allowed)).toBe(false);
  expect(mayConnect('http://127.0.0.1', allowed)).toBe(false);
});

test('a program that is no browser names no origin and is asked for its password only', () => {
  expect(mayConnect(undefined, ['https://desk.example.com'])).toBe(true);
});
