// npm run build: what others install, in packages/*/dist and as tarballs in dist.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildPackage } from './build/build-package.ts';
import { builtPackages } from './build/packages.ts';

const tarballs = 'dist';

rmSync(tarballs, { recursive: true, force: true });
mkdirSync(tarballs);
const faults = builtPackages.flatMap(built => {
  const found = buildPackage(built);
  const dist = path.join('packages', built.name, 'dist');
  const packed = execFileSync('npm', ['pack', `./${dist}`, '--silent', '--pack-destination', tarballs], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  console.log(`${tarballs}/${packed.trim()}${found.map(each => `\n  ${each}`).join('')}`);
  return found;
});
process.exit(faults.length === 0 ? 0 : 1);
