import { isIP } from 'node:net';
import { canonicalAddress } from '../address-text.ts';
import { GrammarError } from './grammar.ts';
import { parseUri } from './uri.ts';

export interface Target {
  protocol: 'UDP' | 'TCP';
  address: string;
  port: number;
}

/** Where a SIP URI with an IP address points (RFC 3263 §4.1, §4.2 without DNS); undefined for names, TLS and other schemes. */
export function ipTarget(uri: string): Target | undefined {
  try {
    const { scheme, host, port, parameters } = parseUri(uri);
    if (scheme !== 'sip' || isIP(host) === 0) return undefined;
    const transport = (parameters.get('transport') ?? 'udp').toLowerCase();
    if (transport !== 'udp' && transport !== 'tcp') return undefined;
    return {
      protocol: transport === 'tcp' ? 'TCP' : 'UDP',
      address: canonicalAddress(host),
      port: port ?? 5060,
    };
  } catch (error) {
    if (error instanceof GrammarError) return undefined;
    throw error;
  }
}
