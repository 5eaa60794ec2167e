import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Source {
  file: string;
  text: string;
}

/** Files of a checkout that match, with what stands in them. */
export const sourcesOf = (root: string, patterns: readonly string[], leaveOut: RegExp = /$^/): Source[] =>
  patterns
    .flatMap(pattern => globSync(pattern, { cwd: root, exclude: each => each.includes('node_modules') }))
    .filter(file => !leaveOut.test(file))
    .map(file => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
