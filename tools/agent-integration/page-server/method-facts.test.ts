import { expect, test } from 'vitest';
import { interfaceFacts } from './method-facts.ts';

const facts = interfaceFacts();
const method = (name: string) => facts.methods.find(each => each.name === name);

test('DEM-10 the script test page has the 79 methods that the contract marks for pages, and no other', () => {
  expect(facts.methods).toHaveLength(79);
  expect(new Set(facts.methods.map(each => each.name)).size).toBe(79);
  expect(method('getTab')).toBeDefined();
  expect(method('initialize')).toBeUndefined();
  expect(facts.events).toHaveLength(16);
});

test('each parameter is known by its kind', () => {
  expect(method('makeCall')?.parameters.map(({ name, kind, optional }) => [name, kind, optional])).toEqual([
    ['number', 'text', false],
    ['name', 'text', true],
    ['useNumberTranslation', 'boolean', true],
  ]);
  expect(method('answerCall')?.parameters[0]?.kind).toBe('integer');
  expect(method('enterCQCodes')?.parameters.map(each => each.kind)).toContain('list');
  const choices = facts.methods.flatMap(each => each.parameters.flatMap(parameter => parameter.choices));
  expect(choices).toContainEqual({ name: 'Voice', value: 2 });
});

test('what a method needs, and what a refusal means, is there in words', () => {
  expect(method('startRecording')?.privilege).toBe('record');
  expect(facts.refusals['unknownCall']).toBe('The agent has no session with that id.');
  for (const each of facts.methods) expect(each.text.length, each.name).toBeGreaterThan(10);
});
