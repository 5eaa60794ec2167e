import { lookup } from 'node:dns/promises';

/** IP addresses of a host name by the system's resolver; none where there is no such name. */
export async function resolveHost(host: string): Promise<string[]> {
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => address);
  } catch {
    return [];
  }
}
