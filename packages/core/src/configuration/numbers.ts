import type { SiteState } from '../state.ts';

/** E.164 has 15 digits; extensions and service codes before them need room. */
const maximumDigits = 64;

/** What people write between digits is left out; null = nothing that can be dialled is left, or too much. */
export function diallableNumber(written: string): string | null {
  const stripped = written.replace(/[ \u00a0().\-/]/g, '');
  const isDiallable =
    stripped.length <= maximumDigits && /^\+?[0-9A-Za-z*#]+$/.test(stripped) && /[0-9*#]/.test(stripped);
  return isDiallable ? stripped : null;
}

/** The first rule that matches; no match leaves the number as it is, and emergency numbers are never touched. */
export function translateNumber(state: SiteState, number: string): string | null {
  if (state.directory.emergencyNumbers.has(number)) return number;
  for (const { pattern, replacement } of state.directory.translations) {
    if (pattern.test(number)) return diallableNumber(number.replace(pattern, replacement));
  }
  return number;
}
