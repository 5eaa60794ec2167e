/**
 * How far the worlds of chance are walked. The same walk each time, so that what is landed is what was tried;
 * CORDBOARD_SEED=chance takes another way each time, CORDBOARD_SEED=<number> the way of that number, and CORDBOARD_RUNS more ways.
 */
export function explore(
  runs: number,
  environment: Readonly<Record<string, string | undefined>>,
): { numRuns: number; seed?: number } {
  const { CORDBOARD_SEED = '1', CORDBOARD_RUNS = `${runs}` } = environment;
  const numRuns = Number(CORDBOARD_RUNS);
  const seed = Number(CORDBOARD_SEED);
  return Number.isInteger(seed) ? { numRuns, seed } : { numRuns };
}
