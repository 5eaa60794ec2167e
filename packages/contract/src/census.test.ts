import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { enums } from './enums.ts';
import { events } from './events.ts';
import { allMethods, findMethod, methods } from './interface.ts';
import { interfaces } from './interfaces.ts';
import { typeName } from './printing/type-name.ts';
import type { TSchema } from './schema.ts';
import { methodChecks } from './validation/method-checks.ts';

/** What the documented interface has, counted from the document itself and not from our tables. */
interface Census {
  methods: {
    group: string;
    name: string;
    returns: string;
    js: boolean;
    jsOnly?: boolean;
    params: { name: string; type: string; optional: boolean }[];
  }[];
  interfaces: Record<string, Record<string, string>>;
  events: Record<string, string[]>;
  enums: Record<string, Record<string, number>>;
}

const census = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/interface-census.json'), 'utf8'),
) as Census;

/** The census writes enums in parameters as the document does: int. */
const documented = (name: string): string => (name in enums ? 'int' : name);
/** `ITab | null`: the document says so in words only. `void` is null on the wire. */
const returned = (schema: TSchema): string =>
  typeName(schema)
    .replace(' | null', '')
    .replace(/^null$/, 'void');

const named = census.methods.map(each => [each.name, each] as const);

test('CON-01 the tables have every documented method, in the document’s order, and no other', () => {
  expect(methods.map(each => each.name)).toEqual(census.methods.map(each => each.name));
  expect(methods).toHaveLength(88);
});

test('CON-07 what goes beyond the documented interface has names of its own and is found like the rest', () => {
  const beyond = allMethods.slice(methods.length);
  const documented = new Set(census.methods.map(each => each.name.toLowerCase()));
  expect(beyond.length).toBeGreaterThan(0);
  expect(beyond.filter(each => documented.has(each.name.toLowerCase()))).toEqual([]);
  expect(findMethod('parkCall')).toMatchObject({ answeredBy: 'site', privilege: 'dispatchCommonHold' });
  const mode = methodChecks('setMonitorMode')?.parameters;
  expect([mode?.({ mode: 'whisper' }), mode?.({ mode: 'loud' })?.path]).toEqual([null, '/mode']);
});

test.each(named)('CON-01 %s is as documented', (name, expected) => {
  const method = methods.find(each => each.name === name);
  expect({
    group: method?.group,
    returns: method && returned(method.result),
    js: method?.tab,
    jsOnly: method && 'tabOnly' in method,
    params: method?.parameters.map(each => ({
      name: each.name,
      type: documented(typeName(each.schema)),
      optional: each.optional,
    })),
  }).toEqual({
    group: expected.group,
    returns: expected.returns,
    js: expected.js,
    jsOnly: expected.jsOnly ?? false,
    params: expected.params,
  });
});

test('CON-01 every event has its documented values, and there is no other', () => {
  expect(Object.fromEntries(events.map(each => [each.name, each.values.map(typeName)]))).toEqual(
    census.events,
  );
});

test('CON-01 every interface has its documented properties with their types, and no other', () => {
  const ours = Object.entries(interfaces).map(([name, schema]) => [
    name,
    Object.fromEntries(
      Object.entries(schema.properties).map(([property, each]) => [property, typeName(each)]),
    ),
  ]);
  expect(Object.fromEntries(ours)).toEqual(census.interfaces);
});

test('CON-01 every enum has its documented values', () => {
  expect({ ...enums }).toEqual(census.enums);
});
