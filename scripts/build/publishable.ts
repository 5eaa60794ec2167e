import { readFileSync } from 'node:fs';
import path from 'node:path';

type Exports = Record<string, string | Record<string, string>>;

export interface Manifest {
  name: string;
  version: string;
  exports: Exports;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  private?: boolean;
}

const built = (file: string): string => file.replace('./src/', './').replace(/\.ts$/, '.js');
const types = (file: string): string => built(file).replace(/\.js$/, '.d.ts');

const both = (file: string) => ({ types: types(file), default: built(file) });

/** The manifest of the built package: programs instead of sources, and nothing that only its own tests need. */
export const publishable = ({ devDependencies: _, exports: given, ...manifest }: Manifest) => ({
  ...manifest,
  exports: Object.fromEntries(
    Object.entries(given)
      .filter(([name]) => name !== './testing')
      .map(([name, target]) => [
        name,
        typeof target === 'string'
          ? both(target)
          : Object.fromEntries(Object.entries(target).map(([condition, file]) => [condition, both(file)])),
      ]),
  ),
});

const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;

/** What the program for browsers imports, directly or not, that it may not: modules of Node, packages that are no dependency. */
export const browserFaults = (folder: string, entry: string, dependencies: readonly string[]): string[] => {
  const seen = new Set<string>();
  const faults: string[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(importPattern)) {
      if (specifier.startsWith('.')) visit(path.resolve(path.dirname(file), specifier));
      else if (!dependencies.some(each => specifier === each || specifier.startsWith(`${each}/`)))
        faults.push(`${path.relative(folder, file)} imports ${specifier}`);
    }
  };
  visit(path.resolve(folder, entry));
  return faults;
};
