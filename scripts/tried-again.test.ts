import { expect, test } from 'vitest';
import { triedAgain } from './tried-again.ts';
import type { FileTotals } from './vitest.ts';

const totals = (file: string, passed: number, ...failures: string[]): FileTotals => ({
  file,
  passed,
  failures,
  skipped: [],
});

/** A second run that answers with these, and what it was asked for. */
const secondRun = (...answers: FileTotals[]) => {
  const asked: string[][] = [];
  const run = async (files: readonly string[]) => {
    asked.push([...files]);
    return answers;
  };
  return { asked, run };
};

test('what passed is not run again', async () => {
  const { asked, run } = secondRun();
  expect(await triedAgain([totals('a', 3)], run)).toEqual({ totals: [totals('a', 3)], unsteady: [] });
  expect(asked).toEqual([]);
});

test('a file that passes alone counts as passed, and its failure is named', async () => {
  const { asked, run } = secondRun(totals('b', 2));
  const tried = await triedAgain([totals('a', 3), totals('b', 1, 'it rings')], run);
  expect(tried).toEqual({ totals: [totals('a', 3), totals('b', 2)], unsteady: ['it rings'] });
  expect(asked).toEqual([['b']]);
});

test('a file that fails alone too has failed, also when it is another test of it', async () => {
  const first = [totals('a', 1, 'it rings')];
  const { run } = secondRun(totals('a', 1, 'it hangs up'));
  expect(await triedAgain(first, run)).toEqual({ totals: first, unsteady: [] });
});

test('a file that the second run does not tell of has failed', async () => {
  const first = [totals('a', 1, 'it rings')];
  expect(await triedAgain(first, secondRun().run)).toEqual({ totals: first, unsteady: [] });
});

test.each([
  ['many files', ['a', 'b', 'c', 'd', 'e']],
  ['a run without a report', ['']],
])('%s that failed are not run again', async (_title, files) => {
  const { asked, run } = secondRun(...files.map(file => totals(file, 1)));
  const first = files.map(file => totals(file, 0, 'it rings'));
  expect(await triedAgain(first, run)).toEqual({ totals: first, unsteady: [] });
  expect(asked).toEqual([]);
});
