// npm run bench [-- NAME ...]: the figures, each beside its peer or floor in the same run. Without names: all of them.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';

/** Programs of bench/ that another one starts are no benches of their own. */
const parts = new Set(['distribution', 'echo-floor', 'broadcast-floor']);
const available = globSync('bench/*.ts')
  .map(file => path.basename(file, '.ts'))
  .filter(name => !parts.has(name))
  .sort();

const separator = process.argv.indexOf('--', 2);
const names = process.argv.slice(2, separator === -1 ? undefined : separator);
const passedOn = separator === -1 ? [] : process.argv.slice(separator + 1);
const unknown = names.filter(name => !available.includes(name));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}. There are: ${available.join(', ')}`);
  process.exit(2);
}

let failed = 0;
for (const name of names.length > 0 ? names : available) {
  console.log(`\n== ${name}`);
  const run = spawnSync(process.execPath, [`bench/${name}.ts`, ...passedOn], { stdio: 'inherit' });
  if (run.status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
