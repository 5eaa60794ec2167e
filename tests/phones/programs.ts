import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** The first file of this name in PATH that may be run. */
export function findProgram(name: string): string | undefined {
  const { PATH = '' } = process.env;
  const folders = PATH.split(delimiter).filter(folder => folder !== '');
  return folders.map(folder => join(folder, name)).find(mayRun);
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not ours to run: it is looked for in the next folder
  }
}

/** Tests that need programs of the system: where one is missing they are skipped, and the title says which. */
export function describeWithPrograms(programs: readonly string[], title: string, body: () => void): void {
  const missing = programs.filter(name => findProgram(name) === undefined);
  if (missing.length === 0) describe(title, body);
  else describe.skip(`${title} (needs ${missing.join(', ')})`, body);
}
