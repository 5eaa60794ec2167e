import type { WindowServer } from './window-server.ts';

export interface UsualPort {
  /** 0 = any free one */
  configured: number;
  /** where the window was last; 0 = nowhere yet */
  last: number;
  remember(port: number): void;
}

/**
 * Browsers keep what a page may do, and what it keeps, by its origin, the port included: the microphone that was allowed stays allowed
 * only where the window is where it was. So the last port is tried before any free one.
 */
export const openAtUsualPort = async (
  open: (port: number) => Promise<WindowServer>,
  { configured, last, remember }: UsualPort,
): Promise<WindowServer> => {
  if (configured !== 0) return open(configured);
  const server = await open(last).catch((error: unknown) => {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (taken && last !== 0) return open(0);
    throw error;
  });
  const port = Number(new URL(server.url).port);
  if (port !== last) remember(port);
  return server;
};
