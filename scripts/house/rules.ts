import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const rulePattern = /^- \*\*([A-Z]{3}-\d{2,3})\*\*/gm;
const titlePattern = /\b(?:test|it)(?:\.\w+(?:\([^)]*\))?)*\s*\(\s*(['"`])([A-Z]{3}-\d{2,3})\b/g;
/** Suites that run for several implementations name their rules in a table's title field. */
const tabledTitlePattern = /\b(?:title|name|rule):\s*(['"`])([A-Z]{3}-\d{2,3})\b/g;

export interface RuleBook {
  /** ids that docs/SPEC.md gives twice */
  doubled: string[];
  /** ids in docs/SPEC.md without a test */
  untested: string[];
  /** ids in test titles that docs/SPEC.md does not have */
  unknown: string[];
}

const repeated = (ids: readonly string[]): string[] => [
  ...new Set(ids.filter((id, index) => ids.indexOf(id) !== index)),
];

/** Compares the rules of docs/SPEC.md with the titles of tests. */
export const compareRules = (specification: string, testSources: readonly string[]): RuleBook => {
  const rules = [...specification.matchAll(rulePattern)].map(match => match[1] ?? '');
  const tested = new Set(
    testSources.flatMap(source =>
      [...source.matchAll(titlePattern), ...source.matchAll(tabledTitlePattern)].map(match => match[2] ?? ''),
    ),
  );
  return {
    doubled: repeated(rules),
    untested: rules.filter(id => !tested.has(id)),
    unknown: [...tested].filter(id => !rules.includes(id)).sort(),
  };
};

/** The rule book of a checkout. Conformance suites (`*.suite.ts`) count as tests: somebody runs them. */
export const ruleBook = (root: string): RuleBook => {
  const files = ['packages', 'tests', 'tools', 'scripts/start'].flatMap(folder =>
    globSync(`${folder}/**/*.{test,suite}.ts`, { cwd: root, exclude: each => each.includes('node_modules') }),
  );
  return compareRules(
    readFileSync(path.join(root, 'docs/SPEC.md'), 'utf8'),
    files.map(file => readFileSync(path.join(root, file), 'utf8')),
  );
};
