// npm test: everything. The static checks, the unit tests, and the tests with real processes, phones and databases.
import { staticChecks } from './checks.ts';
import { runSteps } from './step.ts';
import { triedAgain } from './tried-again.ts';
import { type FileTotals, runVitest } from './vitest.ts';

const started = Date.now();
console.log('Static checks');
const clean = await runSteps(staticChecks);
console.log('\nUnit tests');
const unit = await runVitest('unit');
console.log(
  '\nSystem tests: real processes, phones and databases. Beside them, told at their end: simulation, races, kills',
);
// phones mostly wait for each other; what they leave of the machine is for what takes long
const [system, endurance] = await Promise.all([
  runVitest('system'),
  runVitest('endurance', { quietly: true }),
]);

const tries = { unit, system, endurance };
const all: FileTotals[] = [];
const unsteady: string[] = [];
for (const project of ['unit', 'system', 'endurance'] as const) {
  const tried = await triedAgain(tries[project], files => {
    console.log(`\nOnce more, alone: ${files.join(', ')}`);
    return runVitest(project, { files });
  });
  all.push(...tried.totals);
  unsteady.push(...tried.unsteady);
}
const list = (title: string, lines: readonly string[]) => {
  if (lines.length > 0) console.log(`\n${title}:\n${lines.map(each => `  ${each}`).join('\n')}`);
};
const skipped = all.flatMap(each => each.skipped);
const failures = [
  ...(clean ? [] : ['the static checks (above; they count as one)']),
  ...all.flatMap(each => each.failures),
];
// once more at the end, where a reader of a long log looks first
list('Left out on this machine', skipped);
list('Failed beside the others and passed alone: faults, of the test or of what it tests', unsteady);
list('Failed', failures);
const passed = all.reduce((sum, each) => sum + each.passed, 0);
console.log(`\nall of it took ${Math.round((Date.now() - started) / 1000)} s`);
console.log(
  `${passed} passed, ${failures.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);
process.exit(failures.length === 0 ? 0 : 1);
