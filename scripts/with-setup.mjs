// Does all set-up that a command needs on a fresh clone, says what it does, and then runs the command.
// Plain JavaScript: this file runs on whatever Node the machine has (20 or newer); everything after it runs on a new enough one.
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureNode } from './setup/node.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';
import { ensureWindow } from './setup/window.mjs';

/** Each command: the program that Node runs, whether it calls real phones, and whether it needs the window. */
const commands = {
  start: { run: ['scripts/start.ts'], phones: false, window: true },
  check: { run: ['scripts/check.ts'], phones: false },
  test: { run: ['scripts/test.ts'], phones: true, window: true },
  bench: { run: ['scripts/bench.ts'], phones: true, window: true },
  build: { run: ['scripts/build-packages.ts'], phones: false, window: true },
  contract: { run: ['scripts/print-contract.ts'], phones: false },
  'coverage:interface': { run: ['scripts/coverage-interface.ts'], phones: false },
  'agent-client': { run: ['tools/agent-integration/src/main.ts'], phones: false },
  agent: { run: ['packages/agent/src/main.ts'], phones: false, window: true },
};

const [name, ...rest] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`usage: node scripts/with-setup.mjs ${Object.keys(commands).join('|')} [arguments]`);
  process.exit(2);
}

const environment = ensureNode(process.env);
ensureDependencies(environment);
if (command.phones) ensureSystemPackages();
if (command.window) ensureWindow(environment);

const child = spawnSync('node', [...command.run, ...rest], { stdio: 'inherit', env: environment });
process.exit(child.status ?? 1);
