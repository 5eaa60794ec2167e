import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the window's server may send: nothing else is read, whatever is asked for. */
export interface Pages {
  /** The first page, with the nonce that its style elements carry, the door that it is opened at and what it may connect to. */
  first(nonce: string, door: Doorway, connect: readonly string[]): string;
  /** by path: `/assets/index-1a2b.js` */
  files: ReadonlyMap<string, PageFile>;
}

/** `desk`: the Agent application on this machine; `web`: one beside the server, where the page logs on by itself. */
export type Doorway = 'desk' | 'web';

export interface PageFile {
  type: string;
  body: Buffer;
  /** the same, compressed by the build */
  brotli?: Buffer;
  gzip?: Buffer;
}

/** Stand in index.html where the nonce, the door and the addresses are to be. */
const noncePlace = '%STYLE_NONCE%';
const doorPlace = '%DOOR%';
const connectPlace = '%CONNECT%';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Where `npm start`, `npm test` and `npm run agent` build the window. */
export const builtWindow = path.resolve(import.meta.dirname, '../../../ui/dist');

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
  const read = (name: string) => readFileSync(path.join(folder, name));
  for (const name of names) {
    const type = types[path.extname(name)];
    if (!type) continue;
    files.set(`/${name.replaceAll('\\', '/')}`, {
      type,
      body: read(name),
      ...(names.includes(`${name}.br`) && { brotli: read(`${name}.br`) }),
      ...(names.includes(`${name}.gz`) && { gzip: read(`${name}.gz`) }),
    });
  }
  return {
    first: (nonce, door, connect) =>
      first
        .replaceAll(noncePlace, nonce)
        .replaceAll(doorPlace, door)
        .replaceAll(connectPlace, connect.join(' ')),
    files,
  };
};
