import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type LogLevel, logLevels } from './settings.ts';

/**
 * The log of the switch process: a line an entry, to a file of its own, since nobody may be there to read a pipe. Numbers of
 * customers are told at level debug only.
 */
export interface Log {
  write(level: LogLevel, message: string): void;
}

/** The file is set aside as .1 when it has grown to this. */
const maximumBytes = 10 << 20;

export function createLog(file: string | undefined, level: LogLevel, now: () => Date): Log {
  if (file === undefined) return { write() {} };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let size = sizeOf(file);
  return {
    write(entryLevel, message) {
      if (logLevels.indexOf(entryLevel) > logLevels.indexOf(level)) return;
      const line = `${now().toISOString()} ${entryLevel} ${message.replace(/\s*\n\s*/g, ' | ')}\n`;
      try {
        if (size > maximumBytes) {
          renameSync(file, `${file}.1`);
          size = 0;
        }
        appendFileSync(file, line, { mode: 0o600 });
        size += line.length;
      } catch {
        // A full disk must not end a call: the entry is lost.
      }
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
