import type { PagePort, PageSurroundings } from './page-surroundings.ts';

/** An origin (`http://127.0.0.1:8490`), or a pattern of the whole of it. */
export type TrustedOrigin = string | RegExp;

/** Must match the whole: a pattern without anchors would trust `http://127.0.0.1.evil.example`. */
export const isTrusted = (origin: string, trusted: readonly TrustedOrigin[]): boolean =>
  trusted.some(each =>
    typeof each === 'string'
      ? each === origin
      : new RegExp(`^(?:${each.source})$`, each.flags.replace(/[gy]/g, '')).test(origin),
  );

const firstPause = 50;
const longestPause = 2_000;

const isWelcome = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'cordboard' in data && data.cordboard === 'port';

/**
 * Greets the window around the page until it hands a port over. Nothing is taken from another window, or from an origin that
 * the page does not trust: whoever frames the page could otherwise pass for the Agent application.
 */
export const greetUntilAnswered = (
  surroundings: PageSurroundings,
  trusted: readonly TrustedOrigin[],
  answered: (port: PagePort) => void,
): (() => void) => {
  const { host } = surroundings;
  let cancelTimer = () => {};
  let pause = firstPause;
  const [only] = trusted;
  const target = trusted.length === 1 && typeof only === 'string' ? only : '*';
  const stop = () => {
    cancelTimer();
    stopListening();
  };
  const stopListening = surroundings.listen(({ data, origin, source, ports: [port] }) => {
    if (!surroundings.isFromHost(source) || !isTrusted(origin, trusted) || !isWelcome(data) || !port) return;
    stop();
    answered(port);
  });
  const greet = () => {
    host?.postMessage({ cordboard: 'connect', version: 1 }, target);
    cancelTimer = surroundings.after(pause, greet);
    pause = Math.min(pause * 2, longestPause);
  };
  greet();
  return stop;
};
