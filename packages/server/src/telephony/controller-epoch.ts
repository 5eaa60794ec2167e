import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Epochs of controllers of one switch, each higher than all before, also after the clock went back or the journal was replaced by an
 * empty one. They are asked for after the site's lease was taken, on the one machine where the switch runs.
 */
export function nextControllerEpoch(file: string, now: number): number {
  let last = 0;
  try {
    last = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // the first one
  }
  const epoch = Math.max(now, last + 1);
  writeFileSync(file, `${epoch}`, { mode: 0o600 });
  return epoch;
}
