import { enums } from '../enums.ts';
import { interfaces } from '../interfaces.ts';
import type { TSchema } from '../schema.ts';

/** What is looked at of a schema, which is JSON Schema. */
interface AnySchema {
  type?: string;
  format?: string;
  description?: string;
  items?: TSchema;
  anyOf?: TSchema[];
  enum?: string[];
}

const interfaceNames = new Map<TSchema, string>(
  Object.entries(interfaces).map(([name, schema]) => [schema, name]),
);

const describe = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(pair => pair.join(' = '))
    .join(', ');
const enumNames = new Map(Object.entries(enums).map(([name, values]) => [describe(values), name]));

const plain: Record<string, string> = {
  string: 'string',
  boolean: 'bool',
  integer: 'int',
  null: 'null',
  object: 'object',
};

/** The type of a schema in the words of the documented interface: `int`, `datetime`, `SessionState`, `ICall[]`, `ITab | null`. */
export const typeName = (schema: TSchema): string => {
  const named = interfaceNames.get(schema);
  if (named !== undefined) return named;
  const { type = '', format, description, items, anyOf, enum: words } = schema as AnySchema;
  if (words) return words.map(each => `'${each}'`).join(' | ');
  if (anyOf) {
    const names = anyOf.map(typeName);
    return names[0] === 'datetime' ? 'datetime' : names.join(' | ');
  }
  if (items) return `${typeName(items)}[]`;
  if (format === 'date-time') return 'datetime';
  return enumNames.get(description ?? '') ?? plain[type] ?? type;
};
