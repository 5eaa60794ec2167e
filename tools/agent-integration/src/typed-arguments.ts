import { checkOf, type Parameter, type TSchema } from '@cordboard/contract';

/** What a word means for a parameter: a value, or what is wrong with the word. */
export type Reading = { ok: true; value: unknown } | { ok: false; problem: string };

interface AnySchema {
  type?: string;
  description?: string;
  anyOf?: TSchema[];
}

const enumValue = (description: string, word: string): number | null => {
  for (const pair of description.split(', ')) {
    const [name, value] = pair.split(' = ');
    if (name?.toLowerCase() === word.toLowerCase()) return Number(value);
  }
  return null;
};

const yes = ['true', 'yes', 'on', '1'];
const no = ['false', 'no', 'off', '0'];

const integer = (word: string, description = ''): Reading => {
  if (/^-?\d+$/.test(word)) return { ok: true, value: Number(word) };
  const named = enumValue(description, word);
  return named === null
    ? { ok: false, problem: `a whole number${description ? ` or one of ${description}` : ''}` }
    : { ok: true, value: named };
};

const boolean = (word: string): Reading => {
  if (yes.includes(word.toLowerCase())) return { ok: true, value: true };
  return no.includes(word.toLowerCase())
    ? { ok: true, value: false }
    : { ok: false, problem: 'true or false' };
};

const json = (word: string): Reading => {
  try {
    return { ok: true, value: JSON.parse(word) as unknown };
  } catch {
    // said in the answer
    return { ok: false, problem: 'JSON, as [{"ID":1,"Code":"S","Name":"Sold"}]' };
  }
};

const readAs = (schema: TSchema, word: string): Reading => {
  const { type, description, anyOf } = schema as AnySchema;
  if (anyOf?.[0]) return readAs(anyOf[0], word);
  if (type === 'integer') return integer(word, description);
  if (type === 'boolean') return boolean(word);
  return type === 'array' || type === 'object' ? json(word) : { ok: true, value: word };
};

/** Reads a word for a parameter. `-` stands for "not used" where the parameter is optional. */
export const readArgument = (parameter: Parameter, word: string): Reading => {
  if (parameter.optional && word === '-') return { ok: true, value: null };
  const reading = readAs(parameter.schema, word);
  if (!reading.ok) return reading;
  const fault = checkOf(parameter.schema)(reading.value);
  return fault ? { ok: false, problem: `${fault.path} ${fault.expected}`.trim() } : reading;
};
