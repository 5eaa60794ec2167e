import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from './loopback.ts';

/** What a page says of the server. */
export interface Page {
  status: number;
  contentType: string;
  body: string;
  /** what anybody may know; absent: nothing */
  forStrangers?: string;
}

/**
 * Whoever is on this machine, or shows the token that the configuration names, may see what the server says of itself. What a proxy on
 * this machine hands on comes from elsewhere.
 */
export function isObserver(request: IncomingMessage, token: string | null): boolean {
  const { headers, socket } = request;
  const handedOn = headers['forwarded'] ?? headers['x-forwarded-for'] ?? headers['x-real-ip'];
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  if (handedOn === undefined && isLoopback(address)) return true;
  const [, shown] = /^Bearer (\S{1,1024})$/i.exec(headers.authorization ?? '') ?? [];
  return token !== null && shown !== undefined && timingSafeEqual(digest(shown), digest(token));
}

export function shownTo(observer: boolean, page: Page): Page {
  if (observer) return page;
  return page.forStrangers === undefined
    ? { status: 401, contentType: 'text/plain', body: 'for observers only\n' }
    : { ...page, body: page.forStrangers };
}

/** Of one length, so that nothing can be learned from the time of a comparison. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
