// npm run check: types, lint, unused code, unit tests. Meant to stay well under two minutes.
import { staticChecks } from './checks.ts';
import { runSteps } from './step.ts';
import { runVitest } from './vitest.ts';

const clean = await runSteps(staticChecks);
const unit = await runVitest('unit');
console.log(`${unit.passed} passed, ${unit.failed} failed`);
process.exit(clean && unit.failed === 0 ? 0 : 1);
