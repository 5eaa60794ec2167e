// npm run check: types, lint, unused code, and the unit tests beside them, which are told at the end. Meant to stay well under two minutes.
import { staticChecks } from './checks.ts';
import { runSteps } from './step.ts';
import { runVitest } from './vitest.ts';

const [clean, unit] = await Promise.all([runSteps(staticChecks), runVitest('unit', { quietly: true })]);
const passed = unit.reduce((sum, each) => sum + each.passed, 0);
const failed = unit.reduce((sum, each) => sum + each.failures.length, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(clean && failed === 0 ? 0 : 1);
