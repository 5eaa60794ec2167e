import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Below those that the system hands out by itself (RFC 6335 §6): nobody gets one of these who did not ask for it. */
const first = 10_240;
const last = 32_000;

/** A loopback port that was free for UDP and for TCP a moment ago, by chance, so that tests beside each other take others. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * (last - first));
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) return port;
  }
}

function isFreeForTcp(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise(resolve => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
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
