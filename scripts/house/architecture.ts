import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { circlesOf } from './circles.ts';
import { graph, type PackageRule } from './graph.ts';

const ours = /^@cordboard\/([a-z-]+)/;
const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;

const isTest = (file: string): boolean => /\.test\.ts$/.test(file) || file.includes('/testing/');

/** The specifiers that a source file imports, by text: comments are taken out first so that an example in one is no import. */
export const importsOf = (source: string): string[] => {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
  return [...code.matchAll(importPattern)].map(match => match[1] ?? '');
};

const isNode = (specifier: string): boolean =>
  specifier.startsWith('node:') || builtinModules.includes(specifier);

/** A page is built for the browser: neither Node nor the rest of its package goes into it. */
const faultOfPageImport = (
  name: string,
  page: NonNullable<PackageRule['page']>,
  file: string,
  specifier: string,
): string | null => {
  const folder = `/packages/${name}/`;
  if (!file.includes(`${folder}${page.folder}/`) || isTest(file)) return null;
  if (isNode(specifier)) return `${file}: a page may not import ${specifier}`;
  if (!specifier.startsWith('.')) return null;
  const target = path.resolve(path.dirname(file), specifier);
  const isShared = [page.folder, page.shares].some(each => target.includes(`${folder}${each}/`));
  return isShared ? null : `${file}: ${specifier} is not for a page`;
};

/** What is wrong with one import of one file, or null. */
export const faultOfImport = (
  name: string,
  rule: PackageRule,
  file: string,
  specifier: string,
): string | null => {
  const test = isTest(file);
  const allowed = test ? [...rule.imports, ...rule.testImports] : rule.imports;
  const target = ours.exec(specifier)?.[1];
  if (target && target !== name && !allowed.includes(target))
    return `${file}: ${name} may not import ${target}`;
  if (rule.pure && !test && isNode(specifier))
    return `${file}: ${name} is pure and may not import ${specifier}`;
  const faultOfPage = rule.page && faultOfPageImport(name, rule.page, file, specifier);
  if (faultOfPage) return faultOfPage;
  if (
    specifier.startsWith('.') &&
    !path.resolve(path.dirname(file), specifier).includes(`/packages/${name}/`)
  )
    return `${file}: ${specifier} reaches into another package`;
  return null;
};

interface Manifest {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** What is wrong with a package's list of dependencies, compared with the graph and with what its sources import. */
export const faultsOfManifest = (
  name: string,
  rule: PackageRule,
  manifest: Manifest,
  imported: readonly string[],
): string[] => {
  const faults: string[] = [];
  const listed = Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
  })
    .map(each => ours.exec(each)?.[1])
    .filter(each => each !== undefined);
  for (const each of listed)
    if (!rule.imports.includes(each))
      faults.push(`${name}/package.json lists ${each}, which the graph forbids`);
  for (const each of new Set(imported))
    if (rule.imports.includes(each) && !listed.includes(each))
      faults.push(`${name}/package.json does not list ${each}`);
  for (const each of Object.keys(manifest.devDependencies ?? {})) {
    const target = ours.exec(each)?.[1];
    if (target && !rule.testImports.includes(target))
      faults.push(`${name}/package.json lists ${target} for its tests, which the graph forbids`);
  }
  return faults;
};

/** The files of a package, below its src, that import each other in a circle; types count as values do. */
export const circlesOfPackage = (folder: string): string[][] => {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: folder });
  const within = path.join(folder, 'src');
  const imports = files.map((file): [string, string[]] => {
    const whole = path.join(folder, file);
    const near = importsOf(readFileSync(whole, 'utf8')).filter(each => each.startsWith('.'));
    const name = (target: string): string => path.relative(within, target).replaceAll(path.sep, '/');
    return [name(whole), near.map(each => name(path.resolve(path.dirname(whole), each)))];
  });
  return circlesOf(new Map(imports));
};

const faultsOfCircles = (name: string, { circle = [] }: PackageRule, folder: string): string[] =>
  circlesOfPackage(folder)
    .filter(files => !files.every(each => circle.includes(each)))
    .map(files => `${name}: ${files.join(', ')} import each other in a circle`);

/** Every breach of the graph in a checkout. */
export const architectureFaults = (root: string): string[] => {
  const faults: string[] = [];
  const folders = globSync('packages/*', { cwd: root }).map(each => path.basename(each));
  for (const name of folders) {
    const rule = graph[name];
    if (!rule) {
      faults.push(`packages/${name} is not in the graph`);
      continue;
    }
    const folder = path.join(root, 'packages', name);
    const imports = globSync(['src/**/*.{ts,tsx}', 'ui/src/**/*.{ts,tsx}'], { cwd: folder })
      .map(each => path.join(folder, each))
      .flatMap(file => importsOf(readFileSync(file, 'utf8')).map(specifier => ({ file, specifier })));
    const imported = imports
      .filter(({ file }) => !isTest(file))
      .map(({ specifier }) => ours.exec(specifier)?.[1])
      .filter(each => each !== undefined);
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
    faults.push(...faultsOfManifest(name, rule, manifest, imported));
    faults.push(...faultsOfCircles(name, rule, folder));
    for (const { file, specifier } of imports) {
      const fault = faultOfImport(name, rule, file, specifier);
      if (fault) faults.push(path.relative(root, fault));
    }
  }
  return faults;
};
