import { enums } from '../enums.ts';
import { events } from '../events.ts';
import { methods } from '../interface.ts';
import { interfaces } from '../interfaces.ts';
import { camelCase, commonRefusals, type MethodDescriptor } from '../method.ts';
import { extensionMethods } from '../methods/extensions.ts';
import { privileges } from '../privileges.ts';
import { refusals } from '../refusals.ts';
import type { TSchema } from '../schema.ts';
import { typeName } from './type-name.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');
const code = (text: string): string => `\`${text}\``;
const yes = (claim: boolean): string => (claim ? 'yes' : 'no');

const signature = (method: MethodDescriptor): string => {
  const given = method.parameters.map(
    each => `${each.name}${each.optional ? '?' : ''}: ${typeName(each.schema)}`,
  );
  return `${camelCase(method.name)}(${given.join(', ')}): ${typeName(method.result)}`;
};

const answeredBy = {
  client: 'the client itself',
  application: 'the Agent application, from what it holds',
  site: 'the site',
  workspace: "the application's window",
} as const;

const methodSection = (method: MethodDescriptor): string =>
  [
    `### ${method.name}`,
    `${code(signature(method))}`,
    method.text,
    [
      `- Answered by ${answeredBy[method.answeredBy]}; from a tab: ${method.tabOnly ? 'there alone' : yes(method.tab)}.`,
      ...(method.privilege ? [`- Needs ${code(method.privilege)}.`] : []),
      ...(method.refusals.length > 0 ? [`- Refused as ${method.refusals.map(code).join(', ')}.`] : []),
    ].join('\n'),
  ].join('\n\n');

const groupSection = (group: string): string =>
  [
    `## ${group[0]?.toUpperCase()}${group.slice(1)}`,
    ...methods.filter(each => each.group === group).map(each => methodSection(each)),
  ].join('\n\n');

const properties = (schema: TSchema): string[][] =>
  Object.entries((schema as { properties?: Record<string, TSchema> }).properties ?? {}).map(
    ([name, each]) => [code(name), typeName(each)],
  );

const introduction = `# The AgentClient interface

Printed from the contract by \`npm run contract\`; do not edit.

Methods are in camelCase, as scripts call them; arguments go by position, and optional ones (\`?\`) may be left out or null.
Every method returns a promise. A method that returns \`bool\` returns true when the request was accepted (events tell the
outcome) and false when it was refused; one that returns a list returns an empty one then, and \`lastRefusal\` says why. Every
request can be refused as ${commonRefusals.map(code).join(', ')}.
A \`datetime\` is ISO 8601 in UTC, or null while the moment has not come.`;

/** docs/interface.md */
export const printReference = (): string =>
  `${[
    introduction,
    ...[...new Set(methods.map(each => each.group))].map(groupSection),
    '## Beyond the documented interface',
    ...extensionMethods.map(each => methodSection(each)),
    '## Events',
    table(
      ['event', 'values', 'reaches tabs', 'when'],
      events.map(each => [code(each.name), each.values.map(typeName).join(', '), yes(each.tab), each.text]),
    ),
    '## Interfaces',
    ...Object.entries(interfaces).map(
      ([name, schema]) => `### ${name}\n\n${table(['property', 'type'], properties(schema))}`,
    ),
    '## Enums',
    ...Object.entries(enums).map(
      ([name, values]) =>
        `### ${name}\n\n${table(
          ['name', 'value'],
          Object.entries(values).map(([each, value]) => [each, `${value}`]),
        )}`,
    ),
    '## Refusals',
    table(
      ['reason', 'meaning', 'may be accepted later'],
      Object.entries(refusals).map(([name, { text, retryable }]) => [code(name), text, yes(retryable)]),
    ),
    '## Privileges',
    table(
      ['privilege', 'meaning'],
      Object.entries(privileges).map(([name, text]) => [code(name), text]),
    ),
  ].join('\n\n')}\n`;
