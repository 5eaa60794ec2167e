import { expect, test } from 'vitest';
import { readLine } from './read-line.ts';

const line = (media: unknown) =>
  readLine(JSON.stringify({ id: 'c1', command: { type: 'setMedia', leg: 'a', media } }));
const sounds = [{ type: 'file', name: 'welcome' }];

test.each([
  ['by a name', { type: 'play', sounds, name: 'flow-1-2-1' }],
  ['without one', { type: 'play', sounds }],
])('a play %s is read as it is', (_how, media) => {
  expect(line(media)).toMatchObject({ type: 'line', line: { command: { media } } });
  expect(JSON.stringify(line(media)).includes('flow-1-2-1')).toBe('name' in media);
});

test.each([
  ['no text', 7],
  ['endless', 'x'.repeat(1_000)],
])('a name that is %s is refused', (_how, name) => {
  expect(line({ type: 'play', sounds, name }).type).not.toBe('line');
});
