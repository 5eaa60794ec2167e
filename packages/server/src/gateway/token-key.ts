import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** The key of access tokens, made at the first start; readable by its owner alone. */
export async function readTokenKey(file: string): Promise<Buffer> {
  const made = randomBytes(32);
  try {
    await writeFile(file, made, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  }
  const key = await readFile(file);
  if (key.length !== 32) throw new Error(`${file} is no key: remove it, and all agents log on again`);
  return key;
}
