import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkOf, KeptPreferences, mostPreferenceBytes } from '@cordboard/contract';
import type { PreferencePlace } from './preference-place.ts';

const check = checkOf(KeptPreferences);

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Null: that is none of ours. */
const preferencesOf = (file: string): KeptPreferences | null => {
  if (statSync(file).size > mostPreferenceBytes) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return check(value) === null ? (value as KeptPreferences) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/**
 * Keeps each person's preferences in a file of his own in this folder. A file that cannot be used is put aside, as `.damaged`, and
 * is as none.
 */
export const preferenceFiles = (folder: string, warn: (what: string) => void): PreferencePlace => {
  // a logon id may hold what a file's name may not, and systems differ in whether A is a
  const fileOf = (logonId: string) =>
    path.join(folder, `${createHash('sha256').update(logonId).digest('hex').slice(0, 32)}.json`);
  return {
    async read(logonId) {
      const file = fileOf(logonId);
      try {
        const found = preferencesOf(file);
        if (found) return found;
        renameSync(file, `${file}.damaged`);
        warn(`preferences that cannot be used were put aside: ${file}.damaged`);
      } catch (error) {
        if (codeOf(error) === undefined) throw error;
        if (codeOf(error) !== 'ENOENT') warn(`preferences cannot be read: ${String(error)}`);
      }
      return null;
    },
    async keep(logonId, preferences) {
      const text = JSON.stringify(preferences);
      if (Buffer.byteLength(text) > mostPreferenceBytes) return false;
      const file = fileOf(logonId);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${file}.new`, text, { mode: 0o600 });
        // whole or not at all
        renameSync(`${file}.new`, file);
        return true;
      } catch (error) {
        if (codeOf(error) === undefined) throw error;
        warn(`preferences cannot be kept: ${String(error)}`);
        return false;
      }
    },
  };
};
