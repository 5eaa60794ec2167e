import type { Framing } from './tab-model.ts';

/** Asks the server of a page whether browsers may show it in a frame of ours. */
export type AskFraming = (url: string) => Promise<Framing>;

const patience = 3_000;

/** RFC 7034, and Content Security Policy Level 3 §6.4.2, which wins where both are there. */
export const framingOf = (headers: Headers, ancestor: string): Framing => {
  const policies = (headers.get('content-security-policy') ?? '')
    .split(/[;,]/)
    .map(each => each.trim().split(/\s+/))
    .filter(([name]) => name?.toLowerCase() === 'frame-ancestors');
  if (policies.length > 0)
    return policies.every(([, ...sources]) => sources.some(each => allows(each, ancestor)))
      ? 'allowed'
      : 'forbidden';
  const option = headers.get('x-frame-options')?.trim().toLowerCase();
  return option === 'deny' || option === 'sameorigin' ? 'forbidden' : 'allowed';
};

/** A source expression; hosts with a star before them are names, and the window has none. */
const allows = (source: string, ancestor: string): boolean => {
  const own = new URL(ancestor);
  const text = source.toLowerCase();
  if (text === '*' || text === own.protocol || text === own.origin || text === own.host) return true;
  return text === `${own.protocol}//${own.hostname}:*` || text === `${own.hostname}:*`;
};

/** By HEAD, which changes nothing there; without cookies, and not for long. What cannot be known is tried. */
export const askFramingOverHttp =
  (ancestor: () => string): AskFraming =>
  async url => {
    try {
      const response = await fetch(url, {
        method: 'HEAD',
        credentials: 'omit',
        signal: AbortSignal.timeout(patience),
      });
      return response.ok ? framingOf(response.headers, ancestor()) : 'unknown';
    } catch (error) {
      // other failures can be this machine's way to the network, and the browser's is another: it is tried
      return isConnectionRefused(error) ? 'unreachable' : 'unknown';
    }
  };

const isConnectionRefused = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ECONNREFUSED';
