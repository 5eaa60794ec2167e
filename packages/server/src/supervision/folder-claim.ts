import { rm } from 'node:fs/promises';
import net from 'node:net';

export interface FolderClaim {
  release(): Promise<void>;
}

/**
 * Makes this process the only one that uses a folder. The claim is a listening socket in it, which the kernel
 * closes however the process ends, so that no stale claim is possible. Rejects while another process has it.
 */
export async function claimFolder(socketPath: string): Promise<FolderClaim> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const server = await listen(socketPath);
      return { release: () => new Promise(resolve => server.close(() => resolve())) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt > 2) throw error;
      if (await answers(socketPath)) {
        throw new Error(`another running server has the data folder (it answers at ${socketPath})`);
      }
      await rm(socketPath, { force: true });
    }
  }
}

function listen(socketPath: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer(connection => connection.destroy());
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise(resolve => {
    const connection = net.connect(socketPath);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}
