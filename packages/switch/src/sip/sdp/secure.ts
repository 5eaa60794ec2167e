/** What a browser's description says of its way to be reached: ICE (RFC 8839), DTLS-SRTP (RFC 5763, RFC 8842). */
export interface SecureDescription {
  userFragment: string;
  password: string;
  /** SHA-256, upper-case hex with colons */
  fingerprint: string;
  setup: 'active' | 'passive' | 'actpass';
  /** values of a=candidate that name an IP address and UDP */
  candidates: readonly string[];
  /** of the speech (RFC 8843 §9); '' where it has none */
  mid: string;
}

export const secureProfile = 'UDP/TLS/RTP/SAVPF';

/** Browsers have a few for each network card; more are not looked at. */
const maximumCandidates = 32;

/** RFC 8839 §5.1, with the addresses that can be sent to: those of multicast DNS cannot, and show when their packets come. */
const candidatePattern =
  /^[\w+/]{1,32} 1 udp \d{1,10} (?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,45}) \d{1,5} typ (?:host|srflx|prflx|relay)(?: [\w.:+/-]+)*$/i;

/** Undefined: something is missing without which there is no way, or is not what the RFCs allow. */
export function readSecure(
  session: readonly string[],
  section: readonly string[],
): SecureDescription | undefined {
  /** of the m= line, or of the whole session */
  const value = (name: string, pattern: RegExp): string | undefined => {
    for (const attribute of [...section, ...session]) {
      if (attribute.startsWith(`${name}:`)) return pattern.exec(attribute.slice(name.length + 1).trim())?.[1];
    }
    return undefined;
  };
  const userFragment = value('ice-ufrag', /^([\w+/]{4,256})$/);
  const password = value('ice-pwd', /^([\w+/]{22,256})$/);
  const fingerprint = value('fingerprint', /^sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/i)?.toUpperCase();
  const setup = value('setup', /^(active|passive|actpass)$/);
  // RTCP beside RTP would need a second way; browsers have not offered that for years.
  if (!section.includes('rtcp-mux')) return undefined;
  if (userFragment === undefined || password === undefined || fingerprint === undefined) return undefined;
  if (setup !== 'active' && setup !== 'passive' && setup !== 'actpass') return undefined;
  return {
    userFragment,
    password,
    fingerprint,
    setup,
    candidates: section
      .filter(attribute => attribute.startsWith('candidate:'))
      .slice(0, maximumCandidates)
      .map(attribute => attribute.slice('candidate:'.length).trim())
      .filter(candidate => candidatePattern.test(candidate)),
    mid: value('mid', /^([\w.~!#$%&'*+^`{|}-]{1,32})$/) ?? '',
  };
}
