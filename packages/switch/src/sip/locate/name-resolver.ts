/** RFC 3403 §4.1, as far as SIP needs it (RFC 3263 §4.1). */
export interface NaptrRecord {
  order: number;
  preference: number;
  flags: string;
  service: string;
  replacement: string;
}

/** RFC 2782 */
export interface SrvRecord {
  priority: number;
  weight: number;
  port: number;
  name: string;
}

/** What a name server says, and for how many seconds it says so. */
export interface Answer<RecordType> {
  records: readonly RecordType[];
  seconds: number;
}

/**
 * Asks name servers. No records where there are none; rejects where nobody can say, so that what was known before still counts.
 */
export interface NameResolver {
  naptr(name: string): Promise<Answer<NaptrRecord>>;
  srv(name: string): Promise<Answer<SrvRecord>>;
  /** IPv4 and IPv6 addresses */
  addresses(name: string): Promise<Answer<string>>;
}
