import { chmod, mkdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';

/** Another switch already serves this control socket. */
export class SwitchRunningError extends Error {
  override readonly name = 'SwitchRunningError';
}

export function isNamedPipe(path: string): boolean {
  return path.startsWith('\\\\.\\pipe\\') || path.startsWith('\\\\?\\pipe\\');
}

/** Makes the folder (for its owner only) and removes a socket that nobody answers on. @throws SwitchRunningError */
export async function claimSocketPath(path: string): Promise<void> {
  if (await answers(path)) throw new SwitchRunningError(`a switch already answers on ${path}`);
  if (isNamedPipe(path)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
}

export async function protectSocket(path: string): Promise<void> {
  if (!isNamedPipe(path)) await chmod(path, 0o600);
}

function answers(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
