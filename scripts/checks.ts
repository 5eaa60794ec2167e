import path from 'node:path';
import type { Step } from './step.ts';

const bin = (name: string): string => path.resolve('node_modules/.bin', name);

/** Each program that the compiler sees at once: everything of Node, then what must do without it, then what has a page. */
const programs = {
  'what runs in Node': '.',
  'contract and core, without Node': 'tsconfig.pure.json',
  'the window': 'packages/agent/ui',
  'pages and terminal of the test client': 'tools/agent-integration',
};

/** What the code is checked for without running it. */
export const staticChecks: Step[] = [
  ...Object.entries(programs).map(
    ([name, project]): Step => ({
      name: `types: ${name}`,
      // several threads would check much of it several times
      command: [bin('tsc'), '-p', project, '--singleThreaded'],
    }),
  ),
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'promises (type-aware)', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'unused files, exports and dependencies', command: [bin('knip')] },
];
