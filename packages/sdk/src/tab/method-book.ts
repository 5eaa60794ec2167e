import { methodTable } from './method-table.ts';

export interface PageMethod {
  name: string;
  parameters: readonly string[];
  /** Prints what a refused call returns. */
  whenRefused: string;
}

/** The methods of a page, from the printed table. */
export const pageMethods: readonly PageMethod[] = methodTable.map(line => {
  const [, name = '', parameters = '', whenRefused = 'null'] = /^(\w+)\((.*?)\) = (.*)$/.exec(line) ?? [];
  return { name, parameters: parameters === '' ? [] : parameters.split(', '), whenRefused };
});
