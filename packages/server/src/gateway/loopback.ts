import { isIP, isIPv4 } from 'node:net';

/** Only this machine can reach it. A name other than `localhost` may mean anything. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  if (isIPv4(host)) return host.startsWith('127.');
  return isIP(host) === 6 && /^(0*:)*0*1$/.test(host);
}
