import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuiltPackage } from './packages.ts';
import { browserFaults, importedBy, type Manifest, publishable } from './publishable.ts';

const tsc = path.resolve('node_modules/.bin/tsc');

const change = (file: string, how: (text: string) => string): void =>
  writeFileSync(file, how(readFileSync(file, 'utf8')));

/** What the compiler leaves as it is: the endings of imports in declarations, and of programs that run in threads of their own. */
const nameBuiltFiles = (folder: string): void => {
  for (const file of globSync('**/*.d.ts', { cwd: folder }))
    change(path.join(folder, file), text => text.replaceAll(/(['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2'));
  for (const file of globSync('**/*.js', { cwd: folder }))
    change(path.join(folder, file), text =>
      text.replaceAll(/(new URL\('\.{1,2}\/[^']*)\.ts(', import\.meta\.url\))/g, '$1.js$2'),
    );
};

/** Makes `packages/<name>/dist`, as it is published. Answers what is wrong with it. */
export const buildPackage = (built: BuiltPackage): string[] => {
  const folder = path.join('packages', built.name);
  const dist = path.join(folder, 'dist');
  rmSync(dist, { recursive: true, force: true });
  execFileSync(
    tsc,
    [
      ...['-p', path.join(folder, 'tsconfig.build.json')],
      // `npm run check` looks at types
      ...['--noCheck', '--declaration', `${built.isInterface === true}`],
    ],
    { stdio: 'inherit' },
  );
  nameBuiltFiles(dist);
  for (const [from, to] of Object.entries(built.files ?? {}))
    cpSync(from, path.join(dist, to), { recursive: true });
  for (const [file, pairs] of Object.entries(built.rewritten ?? {}))
    change(path.join(dist, file), text =>
      pairs.reduce((changed, [from, to]) => changed.replaceAll(from, to), text),
    );
  for (const file of [path.join(folder, 'README.md'), 'LICENSE'])
    if (existsSync(file)) cpSync(file, path.join(dist, path.basename(file)));
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  const published = publishable(manifest, importedBy(dist), built);
  writeFileSync(path.join(dist, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  return built.isInterface ? browserFaults(dist, 'lib/index.js', Object.keys(published.dependencies)) : [];
};
