import type { Clock } from './clock.ts';

/** Present in Node and in every browser; named here because this package is typed for neither. */
declare const setTimeout: (act: () => void, milliseconds: number) => unknown;
declare const clearTimeout: (timeout: unknown) => void;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timeout = setTimeout(act, milliseconds);
    return { cancel: () => clearTimeout(timeout) };
  },
};
