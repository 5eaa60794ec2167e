import { camelCase, events, methods, type Parameter, refusals, type TSchema } from '@cordboard/contract';

/** What a field is for: how it is read, and shown. */
export interface ParameterFacts {
  name: string;
  kind: 'text' | 'integer' | 'boolean' | 'list';
  optional: boolean;
  /** of an integer that is one of an enum */
  choices: { name: string; value: number }[];
  maximumLength: number | null;
}

/** One method that pages may call. */
export interface MethodFacts {
  name: string;
  group: string;
  text: string;
  privilege: string | null;
  parameters: ParameterFacts[];
}

/** Everything that the script test page knows of the interface. */
export interface InterfaceFacts {
  methods: MethodFacts[];
  events: { name: string; text: string }[];
  /** the meaning of each reason */
  refusals: Record<string, string>;
}

interface AnySchema {
  type?: string;
  description?: string;
  maxLength?: number;
  anyOf?: TSchema[];
}

const kinds: Readonly<Record<string, ParameterFacts['kind']>> = {
  integer: 'integer',
  number: 'integer',
  boolean: 'boolean',
  array: 'list',
  object: 'list',
};

/** `Chat = 1, Voice = 2` */
const choicesOf = (description: string): ParameterFacts['choices'] =>
  description.split(', ').flatMap(pair => {
    const [, name, value] = /^(\w+) = (-?\d+)$/.exec(pair) ?? [];
    return name === undefined ? [] : [{ name, value: Number(value) }];
  });

const parameterFacts = ({ name, schema, optional }: Parameter): ParameterFacts => {
  const given = schema as AnySchema;
  const { type = '', description = '', maxLength } = (given.anyOf?.[0] ?? given) as AnySchema;
  const kind = kinds[type] ?? 'text';
  return {
    name,
    kind,
    optional,
    choices: kind === 'integer' ? choicesOf(given.description ?? description) : [],
    maximumLength: maxLength ?? null,
  };
};

/** Of the methods and events that the contract marks for pages: no name is typed by hand. */
export const interfaceFacts = (): InterfaceFacts => ({
  methods: methods
    .filter(each => each.tab)
    .map(each => ({
      name: camelCase(each.name),
      group: each.group,
      text: each.text,
      privilege: each.privilege,
      parameters: each.parameters.map(parameterFacts),
    })),
  events: events.filter(each => each.tab).map(({ name, text }) => ({ name, text })),
  refusals: Object.fromEntries(Object.entries(refusals).map(([reason, { text }]) => [reason, text])),
});
