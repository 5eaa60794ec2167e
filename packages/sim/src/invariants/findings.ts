/** Where checks say what they found wrong, and what happened before it. */
export interface Findings {
  /** notes one line of what happens; the last ones are shown with a violation */
  note(line: string): void;
  violated(rule: string, what: string): void;
  readonly first: string | null;
  /** throws if something was found */
  assertNone(): void;
}

const keptLines = 400;
const shownLines = 25;
const lastLines = 14;

export const createFindings = (
  now: () => number,
  /** how the run is repeated */
  seed: string,
): Findings => {
  const history: string[] = [];
  let first: string | null = null;
  return {
    note(line) {
      if (first !== null) return;
      history.push(`${new Date(now()).toISOString().slice(11, 23)} ${line}`);
      if (history.length > keptLines * 2) history.splice(0, keptLines);
    },
    violated(rule, what) {
      if (first !== null) return;
      // lines that speak of the same call or agent tell more than the last ones of a busy site
      const names = what.match(/\b(?:caller \d+|agent \d+|leg [\w:-]+)/g) ?? [];
      const about = history.filter(line => names.some(name => new RegExp(`\\b${name}\\b`).test(line)));
      const last = history.slice(-lastLines);
      const shown = [...about.filter(line => !last.includes(line)).slice(-shownLines), '…', ...last];
      first = `${rule} ${what}\n  at ${new Date(now()).toISOString()}, seed ${seed}; before it:\n  ${shown.join('\n  ')}`;
    },
    get first() {
      return first;
    },
    assertNone() {
      if (first !== null) throw new Error(first);
    },
  };
};
