import { allMethods, camelCase, findMethod, isMethodName, type Parameter } from '@cordboard/contract';

const placeholder = ({ name, optional }: Parameter): string => (optional ? `[${name}]` : name);

const typeOf = ({ schema }: Parameter): string => {
  const {
    type,
    description,
    anyOf,
    enum: words,
  } = schema as { type?: string; description?: string; anyOf?: object[]; enum?: string[] };
  if (words) return words.join(' or ');
  if (anyOf) return 'date and time, as 2026-11-23T09:00:00Z';
  if (description) return description;
  return (
    { integer: 'whole number', boolean: 'true or false', string: 'text', array: 'JSON list' }[type ?? ''] ??
    'JSON'
  );
};

const commands = `Commands
  METHOD arguments      any method; text with spaces in quotes, - for an optional argument that is not used
  !METHOD arguments     the same, and it must be refused
  wait EVENT [Property=value ...] [30s]   until such an event has come; then $ID, $State ... stand for its properties
  json                  events and results in full, or short again
  refusal               why the last refused request was refused
  help [METHOD]         this, or what a method does
  quit                  end`;

const groups = (): string =>
  [...new Set(allMethods.map(each => each.group))]
    .map(group => {
      const names = allMethods.filter(each => each.group === group).map(each => camelCase(each.name));
      return `${group}\n  ${names.join(' ')}`;
    })
    .join('\n');

/** What `help` prints. */
export const helpText = (name: string | undefined): string => {
  if (name === undefined) return `${commands}\n\n${groups()}`;
  const method = findMethod(camelCase(name));
  if (!method || !isMethodName(camelCase(name))) return `There is no method ${name}.`;
  return [
    `${camelCase(name)} ${method.parameters.map(placeholder).join(' ')}`.trimEnd(),
    method.text,
    ...method.parameters.map(each => `  ${each.name}${each.optional ? ' (optional)' : ''}: ${typeOf(each)}`),
    ...(method.privilege ? [`needs the privilege ${method.privilege}`] : []),
    ...(method.refusals.length > 0 ? [`refused as ${method.refusals.join(', ')}`] : []),
  ].join('\n');
};
