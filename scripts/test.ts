// npm test: everything. The static checks, the unit tests, and the tests with real processes, phones and databases.
import { staticChecks } from './checks.ts';
import { runSteps } from './step.ts';
import { runVitest } from './vitest.ts';

const started = Date.now();
console.log('Static checks');
const clean = await runSteps(staticChecks);
console.log('\nUnit tests');
const unit = await runVitest('unit');
console.log(
  '\nSystem tests: real processes, phones and databases. Beside them, told at their end: simulation, races, kills',
);
// phones mostly wait for each other; what they leave of the machine is for what takes long
const [system, endurance] = await Promise.all([runVitest('system'), runVitest('endurance', true)]);

const all = [unit, system, endurance];
const passed = all.reduce((sum, each) => sum + each.passed, 0);
const failed = all.reduce((sum, each) => sum + each.failed, clean ? 0 : 1);
const skipped = all.flatMap(each => each.skipped);
if (skipped.length > 0) {
  console.log('\nLeft out on this machine:');
  for (const title of skipped) console.log(`  ${title}`);
}
// once more at the end, where a reader of a long log looks first
const failures = [
  ...(clean ? [] : ['the static checks (above; they count as one)']),
  ...all.flatMap(each => each.failures),
];
if (failures.length > 0) {
  console.log('\nFailed:');
  for (const failure of failures) console.log(`  ${failure}`);
}
console.log(`\nall of it took ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
