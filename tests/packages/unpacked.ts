import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';

interface Manifest {
  name: string;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const repository = path.resolve(import.meta.dirname, '../..');

/** A package of somebody else's, as it was installed here. */
const linkInstalled = (name: string, modules: string): void => {
  const target = path.join(modules, name);
  const installed = path.join(repository, 'node_modules', name);
  if (existsSync(target) || !existsSync(installed)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  symlinkSync(installed, target);
};

/**
 * Lays the tarballs out in an empty folder as npm does, without a registry: what they name as dependencies comes from this
 * repository, what they do not name is not found. Answers the programs that are started by name.
 */
export const unpackTarballs = (tarballs: string, folder: string): Map<string, string> => {
  const modules = path.join(folder, 'node_modules');
  const programs = new Map<string, string>();
  const needed: string[] = [];
  const ours = path.join(modules, '@cordboard');
  for (const tarball of globSync('*.tgz', { cwd: tarballs })) {
    const home = path.join(ours, tarball.replace(/^cordboard-(\w+)-.*$/, '$1'));
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', path.join(tarballs, tarball), '--strip-components=1', '-C', home]);
    const manifest = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as Manifest;
    for (const [name, file] of Object.entries(manifest.bin ?? {})) programs.set(name, path.join(home, file));
    needed.push(...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
  }
  for (const name of needed) if (!name.startsWith('@cordboard/')) linkInstalled(name, modules);
  return programs;
};
