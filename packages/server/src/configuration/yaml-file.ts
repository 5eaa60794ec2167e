import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { type Finding, formatPath, type Problem, type ValuePath } from './problem.ts';

/** Larger than any configuration: 20,000 users are some 5 MB. */
const maximumCharacters = 20_000_000;

/** A YAML file as data, which still knows the line of every value. */
export interface YamlFile {
  data: unknown;
  problem(finding: Finding): Problem;
}

export type YamlResult = { ok: true; yaml: YamlFile } | { ok: false; problems: Problem[] };

/** Parses YAML 1.2; every syntax error and every key that stands twice is a problem. */
export function readYaml(file: string, text: string): YamlResult {
  const at = (line: number, column: number, message: string): Problem => ({
    file,
    line,
    column,
    path: '',
    message,
  });
  if (text.length > maximumCharacters) {
    return { ok: false, problems: [at(1, 1, `expected at most ${maximumCharacters} characters`)] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return {
      ok: false,
      problems: faults.map(fault => {
        const { line, col } = lines.linePos(fault.pos[0]);
        return at(line, col, fault.message);
      }),
    };
  }
  const unresolved: Problem[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      const { line, col } = lines.linePos(startOf(alias) ?? 0);
      unresolved.push(at(line, col, `expected an anchor &${alias.source} before this alias`));
    },
  });
  if (unresolved.length > 0) return { ok: false, problems: unresolved };
  let data: unknown;
  try {
    // an alias that refers to aliases grows without bound: yaml refuses more than 100 expansions, unless it is text
    data = document.toJS({ maxAliasCount: 10_000 });
  } catch (error) {
    return { ok: false, problems: [at(1, 1, (error as Error).message)] };
  }
  return {
    ok: true,
    yaml: {
      data,
      problem({ path, message, atKey }) {
        const { line, col } = lines.linePos(offsetOf(document, path, atKey ?? false));
        return { file, line, column: col, path: formatPath(path), message };
      },
    },
  };
}

/** Where a value, or its key, begins; of a value that is not written (it is missing, or a default) its nearest parent. */
function offsetOf(document: Document, path: ValuePath, atKey: boolean): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    offset = startOf(node) ?? offset;
    const last = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(each => isScalar(each.key) && String(each.key.value) === String(step));
      if (!pair) return offset;
      if (last && atKey) return startOf(pair.key) ?? offset;
      node = pair.value ?? pair.key;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
    } else {
      return offset;
    }
  }
  return startOf(node) ?? offset;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
