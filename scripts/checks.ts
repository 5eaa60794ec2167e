import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import type { Step } from './step.ts';

const bin = (name: string): string => path.resolve('node_modules/.bin', name);

const projects = [
  '.',
  ...globSync('packages/*'),
  'packages/agent/ui',
  ...globSync('tools/*'),
  'bench',
  'tests',
].filter(folder => existsSync(path.join(folder, 'tsconfig.json')));

/** What the code is checked for without running it. */
export const staticChecks: Step[] = [
  ...projects.map(
    (folder): Step => ({
      name: `types: ${folder === '.' ? 'scripts and pure tests' : folder}`,
      command: [bin('tsc'), '-p', folder],
    }),
  ),
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'promises (type-aware)', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'unused files, exports and dependencies', command: [bin('knip')] },
];
