import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a run of one file of tests came to. */
export interface FileTotals {
  /** relative to the root of the repository */
  file: string;
  passed: number;
  /** titles of tests that failed, with the first line of why; the name of a file that could not be run */
  failures: string[];
  /** titles of tests that were left out, with the reason in the title */
  skipped: string[];
}

interface Assertion {
  status: string;
  fullName: string;
  failureMessages?: string[];
}

interface Report {
  testResults: { name: string; status: string; assertionResults: Assertion[] }[];
}

const described = (test: Assertion): string => {
  const [why] = (test.failureMessages ?? []).join('\n').split('\n');
  return why === undefined || why === '' ? test.fullName : `${test.fullName}: ${why}`;
};

const totalsOf = ({ name, status, assertionResults }: Report['testResults'][number]): FileTotals => {
  const file = path.relative('.', name);
  const of = (...statuses: string[]) => assertionResults.filter(each => statuses.includes(each.status));
  const failures = of('failed').map(described);
  return {
    file,
    passed: of('passed').length,
    // a file that fails before its first test has no assertion: it counts as one failure
    failures: status === 'failed' && failures.length === 0 ? [file] : failures,
    skipped: of('skipped', 'pending').map(each => each.fullName),
  };
};

type Project = 'unit' | 'system' | 'endurance';

/** As `vitest.config.ts` names them. */
const named: Readonly<Record<Project, readonly string[]>> = {
  unit: ['unit', 'media'],
  system: ['system'],
  endurance: ['endurance'],
};

interface RunOptions {
  /** prints at its end what it has to say, and leaves the processor to others as long as they need it; it shows its progress otherwise */
  quietly?: boolean;
  /** these alone, one after the other; all of the project otherwise */
  files?: readonly string[];
}

/** Runs one project and counts from its machine-readable report. */
export const runVitest = async (project: Project, options: RunOptions = {}): Promise<FileTotals[]> => {
  const { quietly = false, files = [] } = options;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-test-'));
  const file = path.join(folder, 'report.json');
  try {
    await new Promise<void>(resolve => {
      const child = spawn(
        path.resolve('node_modules/.bin/vitest'),
        [
          ...['run', ...named[project].map(each => `--project=${each}`)],
          ...[...files, ...(files.length > 0 ? ['--no-file-parallelism'] : [])],
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
        ],
        { stdio: ['ignore', quietly ? 'pipe' : 'inherit', quietly ? 'pipe' : 'inherit'] },
      );
      const said: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => said.push(chunk));
      if (quietly && child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
      child.on('close', () => {
        process.stdout.write(Buffer.concat(said));
        resolve();
      });
      child.on('error', () => resolve());
    });
    return (JSON.parse(readFileSync(file, 'utf8')) as Report).testResults.map(totalsOf);
  } catch (error) {
    console.error(`the ${project} tests left no report:`, error);
    return [{ file: '', passed: 0, failures: [`the ${project} tests left no report`], skipped: [] }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
