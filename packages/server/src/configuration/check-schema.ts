import { Ajv, type ErrorObject } from 'ajv';
import type { Finding, ValuePath } from './problem.ts';

/** Compares data with a JSON Schema and fills in its defaults. Returns every finding at once. */
export function checkSchema(schema: Record<string, unknown>, data: unknown): Finding[] {
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: true, verbose: true });
  const check = ajv.compile(schema);
  if (check(data)) return [];
  return (check.errors ?? []).map(error => finding(error, data));
}

function finding(error: ErrorObject, data: unknown): Finding {
  const path = pathOf(error.instancePath, data);
  const parameters = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
    const name = String(parameters['additionalProperty']);
    return {
      path: [...path, name],
      atKey: true,
      message: `unknown setting; expected one of ${known.join(', ')}`,
    };
  }
  if (error.keyword === 'required') {
    return { path, message: `expected the setting ${String(parameters['missingProperty'])}, it is missing` };
  }
  const meaning = error.parentSchema?.['description'];
  const note = typeof meaning === 'string' ? ` (${meaning})` : '';
  return { path, message: `expected ${expectation(error, parameters)}${note}, found ${show(error.data)}` };
}

function expectation(error: ErrorObject, parameters: Record<string, unknown>): string {
  switch (error.keyword) {
    case 'type':
      return typeWords[String(parameters['type'])] ?? String(parameters['type']);
    case 'enum':
      return `one of ${(parameters['allowedValues'] as unknown[]).join(', ')}`;
    case 'minimum':
      return `at least ${String(parameters['limit'])}`;
    case 'maximum':
      return `at most ${String(parameters['limit'])}`;
    case 'minLength':
      return `at least ${String(parameters['limit'])} characters`;
    case 'maxLength':
      return `at most ${String(parameters['limit'])} characters`;
    case 'minItems':
      return `at least ${String(parameters['limit'])} entries`;
    case 'maxItems':
      return `at most ${String(parameters['limit'])} entries`;
    case 'pattern':
      return `text like ${String(parameters['pattern'])}`;
    default:
      return `that it ${error.message ?? 'is right'}`;
  }
}

const typeWords: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings',
};

function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'settings';
  if (typeof value === 'number') return `the number ${value}`;
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A JSON Pointer (RFC 6901) as keys and indexes: which it is, the data tells. */
function pathOf(pointer: string, data: unknown): ValuePath {
  let current = data;
  return pointer
    .split('/')
    .slice(1)
    .map(part => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(current) ? Number(key) : key;
      current = (current as Record<string | number, unknown>)[step];
      return step;
    });
}
