import type { FileTotals } from './vitest.ts';

/** So many files that fail are no accident of a busy machine. */
const mostFiles = 4;

export interface Tried {
  totals: FileTotals[];
  /** failures of the first try that were gone when their file had the machine for itself */
  unsteady: string[];
}

/**
 * What failed beside everything else is tried once more alone: it tells what is broken from what is too fond of a quiet machine. The
 * second try counts where all of the file passes, and the first is named.
 */
export async function triedAgain(
  totals: readonly FileTotals[],
  run: (files: readonly string[]) => Promise<FileTotals[]>,
): Promise<Tried> {
  const failed = totals.filter(each => each.failures.length > 0);
  // without the name of a file there was no report at all
  const hopeless = failed.length > mostFiles || failed.some(each => each.file === '');
  if (failed.length === 0 || hopeless) return { totals: [...totals], unsteady: [] };
  const again = await run(failed.map(each => each.file));
  const passed = new Map(again.filter(each => each.failures.length === 0).map(each => [each.file, each]));
  return {
    totals: totals.map(each => passed.get(each.file) ?? each),
    unsteady: failed.filter(each => passed.has(each.file)).flatMap(each => each.failures),
  };
}
