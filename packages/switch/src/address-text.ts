import { isIPv6 } from 'node:net';

/** An IP address as the system writes it, so that two texts of one address are the same (RFC 5952). */
export function canonicalAddress(address: string): string {
  return isIPv6(address) && !address.includes('%')
    ? new URL(`http://[${address}]`).hostname.slice(1, -1)
    : address;
}
