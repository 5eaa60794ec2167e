/**
 * What both ends of an encrypted way say of themselves in their descriptions: ICE (RFC 8839) finds the way, DTLS (RFC 5763) makes the keys
 * of SRTP (RFC 3711) on it, and the fingerprint ties the keys to the signalling.
 */
export interface SecureTransport {
  /** ice-ufrag: another one is another way (RFC 8839 §4.4.1.1.1) */
  userFragment: string;
  password: string;
  /** of the certificate: SHA-256, upper-case hex with colons */
  fingerprint: string;
  /** values of a=candidate: UDP and an IP address; of a browser there may be none, then its packets show where it is */
  candidates: readonly string[];
}

/** Who begins the DTLS handshake, as the peer says of itself in a=setup (RFC 5763 §5); what is open in an offer has been settled. */
export interface SecurePeer extends SecureTransport {
  setup: 'active' | 'passive';
}
