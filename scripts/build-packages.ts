// npm run build: the contract and the SDK as packages that can be published (ESM and types, in packages/*/dist).
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { browserFaults, type Manifest, publishable } from './build/publishable.ts';

const tsc = path.resolve('node_modules/.bin/tsc');

const build = (name: string): string[] => {
  const folder = path.join('packages', name);
  const dist = path.join(folder, 'dist');
  rmSync(dist, { recursive: true, force: true });
  execFileSync(tsc, ['-p', path.join(folder, 'tsconfig.build.json')], { stdio: 'inherit' });
  // the compiler rewrites the endings of imports in programs, and leaves those in declarations
  for (const file of globSync('**/*.d.ts', { cwd: dist })) {
    const text = readFileSync(path.join(dist, file), 'utf8');
    writeFileSync(path.join(dist, file), text.replaceAll(/(['"]\.{1,2}\/[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  writeFileSync(path.join(dist, 'package.json'), `${JSON.stringify(publishable(manifest), null, 2)}\n`);
  return browserFaults(dist, 'index.js', Object.keys(manifest.dependencies ?? {}));
};

const faults = ['contract', 'sdk'].flatMap(name => {
  const found = build(name);
  console.log(`packages/${name}/dist: ${found.length === 0 ? 'built' : found.join('; ')}`);
  return found;
});
process.exit(faults.length === 0 ? 0 : 1);
