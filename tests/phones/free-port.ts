import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A loopback port that was free for UDP and for TCP a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const listening = createServer();
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(0, '127.0.0.1', resolve);
    });
    const address = listening.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const free = await isFreeForUdp(port);
    await new Promise(resolve => listening.close(resolve));
    if (free) return port;
  }
}

function isFreeForUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise(resolve => {
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

/** Whether a program listens there, seen without disturbing it: in the table of the kernel. Elsewhere than on Linux nobody can say. */
export async function isBoundForUdp(port: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return (await readFile('/proc/net/udp', 'latin1')).includes(local);
}
