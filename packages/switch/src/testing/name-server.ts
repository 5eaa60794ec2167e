import type { NameResolver, NaptrRecord, SrvRecord } from '../sip/locate/name-resolver.ts';

/** What name servers say in a test; what is asked for is in `asked`. */
export interface Zone {
  naptr?: Record<string, NaptrRecord[]>;
  srv?: Record<string, SrvRecord[]>;
  addresses?: Record<string, string[]>;
  /** seconds for which all of it holds; 300 */
  seconds?: number;
  /** nobody can be asked, or of addresses alone */
  down?: boolean | 'services';
}

export function createNameServer(zone: Zone): NameResolver & { readonly asked: string[] } {
  const asked: string[] = [];
  async function answer<RecordType>(kind: string, name: string, records: RecordType[] | undefined) {
    asked.push(`${kind} ${name}`);
    if (zone.down === true || (zone.down === 'services' && kind !== 'A')) throw new Error('no name server');
    return { records: records ?? [], seconds: zone.seconds ?? 300 };
  }
  return {
    asked,
    naptr: name => answer('NAPTR', name, zone.naptr?.[name]),
    srv: name => answer('SRV', name, zone.srv?.[name]),
    addresses: name => answer('A', name, zone.addresses?.[name]),
  };
}
