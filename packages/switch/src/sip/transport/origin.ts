const thisMachine = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a page of this origin (RFC 6454 §7) may connect. Browsers always say where a page is from and let no page change it;
 * programs say what they like or nothing, and have to know a phone's password like everybody else.
 */
export function mayConnect(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined) return true;
  if (allowed.length > 0) return allowed.includes(origin);
  return URL.canParse(origin) && thisMachine.has(new URL(origin).hostname);
}
