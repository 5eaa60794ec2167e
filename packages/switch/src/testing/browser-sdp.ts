import type { SecureTransport } from '../media/secure-transport.ts';

/** The least that a browser says: its way, G.711 and events. Its address is not in it, as with candidates of multicast DNS. */
export function browserSdp(
  { userFragment, password, fingerprint }: SecureTransport,
  setup: 'active' | 'passive' | 'actpass',
  direction = 'sendrecv',
): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 0 126',
    'c=IN IP4 0.0.0.0',
    'a=mid:7',
    `a=${direction}`,
    'a=rtcp-mux',
    `a=setup:${setup}`,
    `a=ice-ufrag:${userFragment}`,
    `a=ice-pwd:${password}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=rtpmap:126 telephone-event/8000',
    '',
  ].join('\r\n');
}
