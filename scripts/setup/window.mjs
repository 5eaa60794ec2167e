import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say } from './say.mjs';

const stamp = '.cordboard/window';
const sources = [
  'packages/agent/ui',
  'packages/agent/src/model',
  'packages/contract/src',
  'packages/sdk/src',
];

const filesIn = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(each => each.isFile())
    .map(each => path.join(each.parentPath ?? each.path, each.name))
    .filter(each => !each.startsWith(path.join('packages/agent/ui/dist')))
    .sort();

const stateOfSources = () => {
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const file of sources.flatMap(filesIn)) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
};

/** Builds the window of the Agent application, once for each state of its sources. */
export const ensureWindow = environment => {
  const state = stateOfSources();
  const isBuilt = existsSync('packages/agent/ui/dist/index.html') && existsSync(stamp);
  if (isBuilt && readFileSync(stamp, 'utf8') === state) return;
  say('building the window of the Agent application (some seconds) ...');
  const build = spawnSync(
    'node',
    ['node_modules/vite/bin/vite.js', 'build', 'packages/agent/ui', '--logLevel', 'error'],
    { stdio: ['ignore', 'ignore', 'inherit'], env: environment },
  );
  if (build.status !== 0) {
    say('the window could not be built (see above).');
    process.exit(1);
  }
  mkdirSync('.cordboard', { recursive: true });
  writeFileSync(stamp, state);
};
