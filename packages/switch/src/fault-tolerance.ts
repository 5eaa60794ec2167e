/** After so many faults in a minute the process gives up and is started again. */
const toleratedFaults = 20;

/**
 * A fault (a bug) in one call must not end the others: it is written down, and only many at once end the process.
 * Returns the handler for whatever nobody caught.
 */
export function tolerateFaults(
  now: () => number,
  write: (error: unknown) => void,
  giveUp: () => void,
): (error: unknown) => void {
  let faults: number[] = [];
  return error => {
    faults = [...faults.filter(at => now() - at < 60_000), now()];
    write(error);
    if (faults.length > toleratedFaults) giveUp();
  };
}
