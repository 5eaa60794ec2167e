import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BuiltPackage } from './packages.ts';

type Exports = Record<string, string | Record<string, string>>;

export interface Manifest {
  name: string;
  version: string;
  exports: Exports;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  private?: boolean;
}

const built = (file: string): string => file.replace('./src/', './lib/').replace(/\.ts$/, '.js');
const types = (file: string): string => built(file).replace(/\.js$/, '.d.ts');

const target = (file: string, { isInterface }: Pick<BuiltPackage, 'isInterface'>) =>
  isInterface ? { types: types(file), default: built(file) } : built(file);

/**
 * The manifest of the built package: programs instead of sources, and nothing that only its own tests need. Of what it depends on
 * remains what its programs import: the window brings its own along.
 */
export const publishable = (
  { devDependencies: _, exports: given, dependencies = {}, ...manifest }: Manifest,
  imported: readonly string[],
  of: Omit<BuiltPackage, 'name'>,
) => ({
  ...manifest,
  engines: { node: '>=22.18' },
  ...(of.command && { bin: { [of.command]: './lib/main.js' } }),
  exports: Object.fromEntries([
    ...Object.entries(given)
      .filter(([name]) => name !== './testing')
      .map(([name, file]) => [
        name,
        typeof file === 'string'
          ? target(file, of)
          : Object.fromEntries(
              Object.entries(file).map(([condition, each]) => [condition, target(each, of)]),
            ),
      ]),
    ...(of.exportedFiles ?? []).map(file => [`./${file}`, `./${file}`]),
  ]),
  dependencies: Object.fromEntries(
    Object.entries(dependencies).filter(([name]) =>
      imported.some(each => each === name || each.startsWith(`${name}/`)),
    ),
  ),
});

const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(importPattern)].map(([, specifier = '']) => specifier);

/** What the programs and declarations of a built package import that is not their own. */
export const importedBy = (folder: string): string[] =>
  globSync('**/*.{js,d.ts}', { cwd: folder })
    .flatMap(file => importsOf(path.join(folder, file)))
    .filter(each => !each.startsWith('.'));

/** What the program for browsers imports, directly or not, that it may not: modules of Node, packages that are no dependency. */
export const browserFaults = (folder: string, entry: string, dependencies: readonly string[]): string[] => {
  const seen = new Set<string>();
  const faults: string[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) visit(path.resolve(path.dirname(file), specifier));
      else if (!dependencies.some(each => specifier === each || specifier.startsWith(`${each}/`)))
        faults.push(`${path.relative(folder, file)} imports ${specifier}`);
    }
  };
  visit(path.resolve(folder, entry));
  return faults;
};
