import { expect, test } from 'vitest';
import type { ParameterFacts } from '../page-server/method-facts.ts';
import { interfaceFacts } from '../page-server/method-facts.ts';
import { asCode, readArguments } from './arguments.ts';

const parametersOf = (name: string): ParameterFacts[] =>
  interfaceFacts().methods.find(each => each.name === name)?.parameters ?? [];

const readable: [method: string, texts: string[], values: unknown[]][] = [
  ['makeCall', ['0812', '', ''], ['0812']],
  ['makeCall', ['0812', '', 'true'], ['0812', null, true]],
  ['makeCall', ['0812', 'Bertil', 'false'], ['0812', 'Bertil', false]],
  ['makeCall', ['', '', ''], ['']],
  ['answerCall', [' 12 '], [12]],
  ['getCalls', [], []],
  ['enterCQCodes', ['1', '2', '[{"ID":1}]'], [1, 2, [{ ID: 1 }]]],
];

test.each(readable)('DEM-13 the fields of %s with %j are the arguments %j', (method, texts, values) => {
  expect(readArguments(parametersOf(method), texts)).toEqual({ ok: true, values });
});

const unreadable: [method: string, texts: string[], parameter: string, problem: string][] = [
  ['answerCall', [''], 'callId', 'must be filled in'],
  ['answerCall', ['first'], 'callId', 'must be a whole number'],
  ['answerCall', ['1e9'], 'callId', 'must be a whole number'],
  ['enterCQCodes', ['1', '2', 'sold'], 'codes', 'must be JSON'],
];

test.each(unreadable)(
  'DEM-13 %s with %j is not called: the field is named',
  (method, texts, parameter, problem) => {
    const reading = readArguments(parametersOf(method), texts);
    expect(reading).toMatchObject({ ok: false, parameter });
    if (!reading.ok) expect(reading.problem).toContain(problem);
  },
);

test('a call is copied as it stands in a program', () => {
  expect(asCode('makeCall', ['08"12', null, true])).toBe('await client.makeCall("08\\"12", null, true);');
  expect(asCode('getCalls', [])).toBe('await client.getCalls();');
});
