import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { windowProtocols } from '@cordboard/contract';

/**
 * Who may talk to the window's server. It listens on the loopback, where every program and every page in a browser of this
 * machine can reach it, so the address proves nothing:
 * - `Host` must be the address itself: a name that an attacker lets point to 127.0.0.1 (DNS rebinding) is refused.
 * - `Origin` of a WebSocket must be our own: browsers say truly which page opens it, and do not keep pages from trying.
 * - the token proves that the page was opened by this user.
 */
export interface SameOrigin {
  readonly origin: string;
  isHost(headers: IncomingHttpHeaders): boolean;
  isOrigin(headers: IncomingHttpHeaders): boolean;
}

export const sameOrigin = (port: number): SameOrigin => {
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  return {
    origin,
    isHost: headers => headers.host === host,
    isOrigin: headers => headers.origin === origin,
  };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The token comes as a sub-protocol: a browser can set no header, and an address would end up in a log. */
export const hasToken = (headers: IncomingHttpHeaders, token: string): boolean => {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map(each => each.trim());
  const given = offered.find(each => each.startsWith(windowProtocols.tokenPrefix));
  if (given === undefined || !offered.includes(windowProtocols.spoken)) return false;
  return timingSafeEqual(digest(given.slice(windowProtocols.tokenPrefix.length)), digest(token));
};
