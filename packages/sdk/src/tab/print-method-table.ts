import { camelCase, events, methods } from '@cordboard/contract';

/**
 * `method-table.ts`: what of the contract a page needs at run time. The contract itself, with its schemas and checks, is a
 * hundred times as large, and the application checks what a page asks.
 */
export const printMethodTable = (): string => {
  const lines = methods
    .filter(each => each.tab)
    .map(each => {
      const names = each.parameters.map(parameter => parameter.name).join(', ');
      return `  '${camelCase(each.name)}(${names}) = ${JSON.stringify(each.whenRefused)}',`;
    });
  const names = events.filter(each => each.tab).map(each => `  '${each.name}',`);
  return [
    '// Printed from the contract by `npm run contract`; do not edit.',
    '',
    '/** The methods that a page may call: `name(parameters) = what a refused call returns`. */',
    'export const methodTable: readonly string[] = [',
    ...lines,
    '];',
    '',
    '/** The events that reach a page. */',
    'export const eventTable: readonly string[] = [',
    ...names,
    '];',
    '',
  ].join('\n');
};
