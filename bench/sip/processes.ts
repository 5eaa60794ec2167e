import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // the process is gone
    return '';
  }
};

const parentOf = (pid: number): number =>
  Number(read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[1] ?? 0);

/** Processes whose command line names the text, and all their descendants. */
export const processesNaming = (text: string): number[] => {
  const all = readdirSync('/proc')
    .filter(each => /^\d+$/.test(each))
    .map(Number);
  const found = new Set(
    all.filter(pid => pid !== process.pid && read(`/proc/${pid}/cmdline`).includes(text)),
  );
  const parents = new Map(all.map(pid => [pid, parentOf(pid)]));
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parents)
      if (!found.has(pid) && found.has(parent)) {
        found.add(pid);
        grown = true;
      }
  }
  return [...found];
};

/** Processor seconds of processes so far. */
export const processorSeconds = (pids: readonly number[]): number =>
  pids
    .map(pid => read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [])
    .reduce((sum, fields) => sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond, 0);
