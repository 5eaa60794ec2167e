import type { Randomness } from '../random/randomness.ts';

/** Chances that a group commit goes wrong. */
export interface JournalFaults {
  /** nothing was written, and nobody answers */
  failsBefore: number;
  /** all was written, and nobody answers */
  failsAfter: number;
  /** takes a hundred times as long */
  slow: number;
}

export const noFaults: JournalFaults = { failsBefore: 0, failsAfter: 0, slow: 0 };

/** What one group commit comes to: whether it is written, how long it takes, and whether the writer hears of it. */
export interface CommitFate {
  written: boolean;
  heard: boolean;
  milliseconds: number;
}

export const drawFate = (random: Randomness, faults: JournalFaults): CommitFate => {
  const milliseconds = random.whole(1, 4) * (random.chance(faults.slow) ? 100 : 1);
  if (random.chance(faults.failsBefore)) return { written: false, heard: false, milliseconds };
  if (random.chance(faults.failsAfter)) return { written: true, heard: false, milliseconds };
  return { written: true, heard: true, milliseconds };
};
