import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { isReachable, type ProcessUser } from './process-user.ts';

const run = promisify(execFile);

/** The kernel's limit for a socket path is 107 bytes; PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const longestSocketFolder = 85;

export const superuser = 'cordboard';

/** The folders of one database cluster. */
export interface ClusterFolders {
  /** everything below belongs here */
  base: string;
  /** PostgreSQL's own files (PGDATA) */
  cluster: string;
  /** Unix socket of the database; only its user and root get in */
  socket: string;
  /** 0600 */
  passwordFile: string;
  logFile: string;
}

/**
 * Makes the folders. As root the database belongs to another user, who may be unable to reach the data folder (in /root,
 * for example): then it lives in /var/lib/cordboard, under a name derived from the data folder.
 */
export async function prepareFolders(
  dataFolder: string,
  user: ProcessUser | null,
  log: (line: string) => void,
): Promise<ClusterFolders> {
  const name = createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 12);
  await mkdir(dataFolder, { recursive: true });
  let base = path.join(path.resolve(dataFolder), 'database');
  if (user !== null && !(await isReachable(dataFolder, user))) {
    base = path.join('/var/lib/cordboard', name);
    log(`the user ${user.name} cannot reach ${dataFolder}: the database is kept in ${base}`);
  }
  // the folder itself is passable (socket, cluster have their own modes), so that the database's user gets through
  await mkdir(base, { recursive: true, mode: 0o711 });
  await chmod(base, 0o711);
  const inside = path.join(base, 'socket');
  const socket =
    Buffer.byteLength(inside) <= longestSocketFolder
      ? inside
      : path.join(os.tmpdir(), `cordboard-${name}-${user?.uid ?? process.getuid?.() ?? 0}`);
  await privateFolder(socket, user);
  return {
    base,
    cluster: path.join(base, 'cluster'),
    socket,
    passwordFile: path.join(base, 'password'),
    logFile: path.join(base, 'postgres.log'),
  };
}

/** A folder that only the user may enter. In a shared place somebody else may have made it first: that is refused. */
async function privateFolder(folder: string, user: ProcessUser | null): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const owner = user?.uid ?? process.getuid?.();
  const found = await lstat(folder);
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.())) {
    throw new Error(`${folder} belongs to somebody else`);
  }
  if (user) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
}

/** The major version of PostgreSQL that made the cluster, or null when there is none yet. */
export async function clusterVersion(folders: ClusterFolders): Promise<number | null> {
  const text = await readFile(path.join(folders.cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  return text === null ? null : Number.parseInt(text, 10);
}

/** Runs initdb: local connections with a random password only. Killed half-way it leaves nothing that counts as a cluster. */
export async function createCluster(
  binaries: PostgresBinaries,
  folders: ClusterFolders,
  user: ProcessUser | null,
): Promise<void> {
  const unfinished = `${folders.cluster}.unfinished`;
  const temporary = path.join(folders.socket, 'password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  await writeFile(folders.passwordFile, password, { mode: 0o600 });
  await chmod(folders.passwordFile, 0o600);
  await writeFile(temporary, password, { mode: 0o600 });
  if (user) {
    await chown(unfinished, user.uid, user.gid);
    await chown(temporary, user.uid, user.gid);
  }
  try {
    await run(
      path.join(binaries.folder, 'initdb'),
      [
        `--pgdata=${unfinished}`,
        `--username=${superuser}`,
        `--pwfile=${temporary}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--data-checksums',
        '--no-instructions',
      ],
      { cwd: '/', env: { PATH: process.env['PATH'] }, ...(user && { uid: user.uid, gid: user.gid }) },
    );
  } finally {
    await rm(temporary, { force: true });
  }
  await rename(unfinished, folders.cluster);
}

/**
 * Durability as it should be, listening on the Unix socket only, sized for a small machine: memory in hundreds, not
 * thousands of megabytes. Given on the command line, so that an old cluster gets them too.
 */
export function clusterSettings(folders: ClusterFolders): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    // a list: quoted, so that a comma in a folder's name is no separator
    unix_socket_directories: `"${folders.socket.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: '64MB',
    max_connections: '40',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    max_wal_size: '512MB',
    min_wal_size: '80MB',
    wal_compression: 'on',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    log_min_messages: 'warning',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
