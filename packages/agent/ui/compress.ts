import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const ways = [
  { ending: '.br', compress: promisify(brotliCompress) },
  { ending: '.gz', compress: promisify(gzip) },
] as const;

/** Puts `x.js.br` and `x.js.gz` beside what was built, so that no server compresses the same file again and again. */
export const compressed = (): Plugin => ({
  name: 'compressed',
  async writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter(each => /\.(js|css|svg)$/.test(each))) {
      const content = await readFile(path.join(dir, name));
      for (const { ending, compress } of ways)
        await writeFile(path.join(dir, `${name}${ending}`), await compress(content));
    }
  },
});
