import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the window's server may send: nothing else is read, whatever is asked for. */
export interface Pages {
  /** The first page, with the nonce that its style elements carry. */
  first(nonce: string): string;
  /** by path: `/assets/index-1a2b.js` */
  files: ReadonlyMap<string, PageFile>;
}

export interface PageFile {
  type: string;
  body: Buffer;
}

/** Stands in index.html where the nonce is to be. */
const noncePlace = '%STYLE_NONCE%';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Reads the built window into memory; null when it was not built. */
export const readPages = (folder: string): Pages | null => {
  let names: string[];
  let first: string;
  try {
    first = readFileSync(path.join(folder, 'index.html'), 'utf8');
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const files = new Map<string, PageFile>();
  for (const name of names) {
    const type = types[path.extname(name)];
    if (type)
      files.set(`/${name.replaceAll('\\', '/')}`, { type, body: readFileSync(path.join(folder, name)) });
  }
  return { first: nonce => first.replaceAll(noncePlace, nonce), files };
};
