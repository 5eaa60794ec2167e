import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a run of a Vitest project came to. */
export interface TestTotals {
  passed: number;
  failed: number;
  /** what failed: the titles of tests, the names of files that could not be run */
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
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  testResults: { name: string; status: string; assertionResults: Assertion[] }[];
}

const described = (test: Assertion): string => {
  const [why] = (test.failureMessages ?? []).join('\n').split('\n');
  return why === undefined || why === '' ? test.fullName : `${test.fullName}: ${why}`;
};

const totalsOf = (report: Report): TestTotals => {
  const assertions = report.testResults.flatMap(file => file.assertionResults);
  // a file that fails before its first test has no assertion: it counts as one failure
  const brokenFiles = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(each => each.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    failures: [
      ...brokenFiles.map(file => path.relative('.', file.name)),
      ...assertions.filter(each => each.status === 'failed').map(described),
    ],
    skipped: assertions
      .filter(each => each.status === 'skipped' || each.status === 'pending')
      .map(each => each.fullName),
  };
};

/**
 * Runs one project and counts from its machine-readable report. It shows its progress, or `quietly` prints at its end what it had to say
 * and leaves the processor to others as long as they need it.
 */
export const runVitest = async (
  project: 'unit' | 'system' | 'endurance',
  quietly = false,
): Promise<TestTotals> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-test-'));
  const file = path.join(folder, 'report.json');
  try {
    await new Promise<void>(resolve => {
      const child = spawn(
        path.resolve('node_modules/.bin/vitest'),
        ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
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
    return totalsOf(JSON.parse(readFileSync(file, 'utf8')) as Report);
  } catch (error) {
    console.error(`the ${project} tests left no report:`, error);
    return { passed: 0, failed: 1, failures: [`the ${project} tests left no report`], skipped: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
