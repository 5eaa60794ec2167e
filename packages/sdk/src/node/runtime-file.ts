import { readFile } from 'node:fs/promises';
import { checkOf, RuntimeFile } from '@cordboard/contract';

const check = checkOf(RuntimeFile);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** What the running application wrote about itself; null when there is none, or what is there was left by one that died. */
export const readRuntimeFile = async (file: string): Promise<RuntimeFile | null> => {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return check(value) === null && isAlive((value as RuntimeFile).pid) ? (value as RuntimeFile) : null;
  } catch {
    // absent, unreadable, or not JSON: in each case no application can be found through it
    return null;
  }
};
