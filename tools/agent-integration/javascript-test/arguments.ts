import type { ParameterFacts } from '../page-server/method-facts.ts';

/** What the fields of a method say: its arguments, or which field says nothing usable. */
export type Reading = { ok: true; values: unknown[] } | { ok: false; parameter: string; problem: string };

type One = { ok: true; value: unknown } | { ok: false; problem: string };

/** Undefined stands for a field that was left empty. */
const readOne = ({ kind, optional }: ParameterFacts, text: string): One => {
  if (kind === 'text') return { ok: true, value: text === '' && optional ? undefined : text };
  const trimmed = text.trim();
  if (trimmed === '')
    return optional ? { ok: true, value: undefined } : { ok: false, problem: 'must be filled in' };
  switch (kind) {
    case 'integer':
      return /^-?\d{1,15}$/.test(trimmed)
        ? { ok: true, value: Number(trimmed) }
        : { ok: false, problem: 'must be a whole number' };
    case 'boolean':
      return { ok: true, value: trimmed === 'true' };
    case 'list':
      try {
        return { ok: true, value: JSON.parse(trimmed) as unknown };
      } catch {
        return { ok: false, problem: 'must be JSON, as [{"ID":1,"Code":"SOLD","Name":"Sold"}]' };
      }
  }
};

/** Optional ones that were left empty are null between others, and left out at the end. */
export const readArguments = (parameters: readonly ParameterFacts[], texts: readonly string[]): Reading => {
  const values: unknown[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const one = readOne(parameter, texts[index] ?? '');
    if (!one.ok) return { ok: false, parameter: parameter.name, problem: one.problem };
    values.push(one.value);
  }
  while (values.length > 0 && values.at(-1) === undefined) values.pop();
  return { ok: true, values: values.map(value => value ?? null) };
};

/** The call as it stands in a program. */
export const asCode = (method: string, values: readonly unknown[]): string =>
  `await client.${method}(${values.map(value => JSON.stringify(value)).join(', ')});`;
