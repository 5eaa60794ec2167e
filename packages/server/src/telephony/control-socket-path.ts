import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** sun_path of Linux holds 108 bytes, that of macOS 104, the closing zero included. */
const longestSocketPath = 100;

/** In the data folder; where that has too long a name, in a folder of the same user's own among the temporary ones. */
export function controlSocketPath(dataFolder: string, site: number): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\cordboard-switch-${nameOf(dataFolder)}-${site}`;
  const near = path.join(dataFolder, 'run', `switch-${site}.sock`);
  if (Buffer.byteLength(near) <= longestSocketPath) return near;
  return path.join(tmpdir(), `cordboard-${userInfo().uid}-${nameOf(dataFolder)}`, `switch-${site}.sock`);
}

const nameOf = (folder: string): string => createHash('sha256').update(folder).digest('hex').slice(0, 16);
