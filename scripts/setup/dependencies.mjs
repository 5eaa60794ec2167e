import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { say } from './say.mjs';

const stamp = '.cordboard/dependencies';

/**
 * Installs what package-lock.json lists, once for each state of it. `npm install` and not `npm ci`: a lock file written
 * on one platform may lack the optional packages of another, and `npm ci` refuses that.
 */
export const ensureDependencies = environment => {
  const state = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync('node_modules') && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  say('installing the npm dependencies (some 10 to 60 seconds) ...');
  const lock = readFileSync('package-lock.json');
  const install = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    say('npm could not install the dependencies (see above).');
    process.exit(1);
  }
  // npm may add the entries of this platform: the clone stays as it was committed
  writeFileSync('package-lock.json', lock);
  mkdirSync('.cordboard', { recursive: true });
  writeFileSync(stamp, state);
};
