import { isIP } from 'node:net';
import { canonicalAddress } from '../../address-text.ts';
import type { NameResolver, NaptrRecord } from './name-resolver.ts';
import { orderServices } from './order-services.ts';

export type LocatedProtocol = 'UDP' | 'TCP' | 'TLS';

/** Where a request can be sent. */
export interface Located {
  protocol: LocatedProtocol;
  address: string;
  port: number;
}

/** What a URI says of where it points. */
export interface Wanted {
  host: string;
  port?: number;
  /** as the URI says it; absent: the name servers say, else UDP */
  protocol?: LocatedProtocol;
}

export interface Location {
  /** in the order in which they are to be tried */
  targets: Located[];
  /** for so long this holds */
  seconds: number;
}

/** However many records somebody publishes. */
const maximumTargets = 16;
const maximumServices = 16;

/** RFC 3263 §4.1: what a NAPTR says it is for. */
const serviceNames: Record<LocatedProtocol, string> = { UDP: 'SIP+D2U', TCP: 'SIP+D2T', TLS: 'SIPS+D2T' };
const servicePrefixes: Record<LocatedProtocol, string> = {
  UDP: '_sip._udp',
  TCP: '_sip._tcp',
  TLS: '_sips._tcp',
};

/** One name to look for services under. */
interface Service {
  protocol: LocatedProtocol;
  name: string;
}

/**
 * Where the servers of a SIP domain are (RFC 3263 §4): by NAPTR which transports it has, by SRV its servers in order, by A and AAAA
 * their addresses. A port in the URI, or an address, skips the first two. Which of a URI without transport are taken is `mayUse`.
 */
export async function locate(
  wanted: Wanted,
  resolver: NameResolver,
  random: () => number,
  mayUse: readonly LocatedProtocol[] = ['UDP', 'TCP'],
): Promise<Location> {
  const { host, port } = wanted;
  const usual = wanted.protocol ?? mayUse[0] ?? 'UDP';
  if (isIP(host) !== 0) {
    const target = { protocol: usual, address: canonicalAddress(host), port: port ?? usualPortOf(usual) };
    return { targets: [target], seconds: Number.POSITIVE_INFINITY };
  }
  const found = createFindings(resolver);
  if (port === undefined) {
    const services = await servicesOf(wanted, mayUse, found);
    for (const { protocol, name } of services.slice(0, maximumServices)) {
      for (const record of orderServices(await found.srv(name), random).slice(0, maximumServices)) {
        // RFC 2782: "." says that the service is decidedly not there.
        if (record.name !== '' && record.name !== '.') await found.add(protocol, record.name, record.port);
      }
    }
    if (found.hasServices) return found.location();
  }
  await found.add(usual, host, port ?? usualPortOf(usual));
  return found.location();
}

/** §4.1: the NAPTR records that we can use, or without any the names that SRV records would have. */
async function servicesOf(
  { host, protocol }: Wanted,
  mayUse: readonly LocatedProtocol[],
  found: Findings,
): Promise<Service[]> {
  // A transport that the URI names is not asked for; only for SIPS the name may still be another (§4.1).
  const usable = protocol === undefined ? mayUse : [protocol];
  const published = protocol === undefined || protocol === 'TLS' ? await found.naptr(host) : [];
  const named = published
    .filter(({ flags, replacement }) => flags.toLowerCase() === 's' && replacement !== '')
    .sort((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap(({ service, replacement }): Service[] => {
      const protocolOf = usable.find(each => serviceNames[each] === service.toUpperCase());
      return protocolOf === undefined ? [] : [{ protocol: protocolOf, name: replacement }];
    });
  if (named.length > 0) return named;
  return usable.map(each => ({ protocol: each, name: `${servicePrefixes[each]}.${host}` }));
}

type Findings = ReturnType<typeof createFindings>;

/** What was found so far, and for how long all of it holds. */
function createFindings(resolver: NameResolver) {
  const targets: Located[] = [];
  let seconds = Number.POSITIVE_INFINITY;
  let hasServices = false;
  const holds = (most: number) => {
    seconds = Math.min(seconds, most);
  };
  return {
    get hasServices() {
      return hasServices;
    },
    async naptr(name: string): Promise<readonly NaptrRecord[]> {
      const answer = await resolver.naptr(name);
      holds(answer.seconds);
      return answer.records;
    },
    async srv(name: string) {
      const answer = await resolver.srv(name);
      holds(answer.seconds);
      hasServices ||= answer.records.length > 0;
      return answer.records;
    },
    async add(protocol: LocatedProtocol, name: string, port: number): Promise<void> {
      if (targets.length >= maximumTargets || port === 0) return;
      const answer = await resolver.addresses(name);
      holds(answer.seconds);
      for (const address of answer.records) {
        if (targets.length < maximumTargets)
          targets.push({ protocol, address: canonicalAddress(address), port });
      }
    },
    location: (): Location => ({ targets, seconds }),
  };
}

/** RFC 3261 §19.1.2 */
export function usualPortOf(protocol: LocatedProtocol): number {
  return protocol === 'TLS' ? 5_061 : 5_060;
}
