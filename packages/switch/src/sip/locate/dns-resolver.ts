import { lookup, Resolver } from 'node:dns/promises';
import type { Answer, NameResolver } from './name-resolver.ts';

/** Node tells the time to live of addresses alone; for the others, and for what is in no name server, this many seconds. */
const untold = 300;

/** Name servers by Node; `servers` as host:port instead of the system's. */
export function createDnsResolver(servers?: readonly string[]): NameResolver {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);

  async function addresses(name: string): Promise<Answer<string>> {
    const found = await Promise.allSettled([
      answered(resolver.resolve4(name, { ttl: true })),
      answered(resolver.resolve6(name, { ttl: true })),
    ]);
    const records = found.flatMap(each => (each.status === 'fulfilled' ? each.value : []));
    if (records.length > 0) {
      return {
        records: records.map(({ address }) => address),
        seconds: Math.min(...records.map(({ ttl }) => ttl)),
      };
    }
    // Names of this machine and of its network are in no name server.
    const known = servers === undefined ? await lookup(name, { all: true }).catch(() => []) : [];
    const failed = found.find(each => each.status === 'rejected');
    if (known.length === 0 && failed !== undefined) throw failed.reason;
    return { records: known.map(({ address }) => address), seconds: untold };
  }

  return {
    addresses,
    async naptr(name) {
      return { records: await answered(resolver.resolveNaptr(name)), seconds: untold };
    },
    async srv(name) {
      return { records: await answered(resolver.resolveSrv(name)), seconds: untold };
    },
  };
}

/** That there is nothing of the name is an answer; that nobody could be asked is none. */
async function answered<RecordType>(asked: Promise<RecordType[]>): Promise<RecordType[]> {
  try {
    return await asked;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME') return [];
    throw error;
  }
}
