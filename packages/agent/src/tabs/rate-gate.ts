/** How many requests a page may make: so many a second, and as many at once (a token bucket). */
export type Gate = (now: number) => 'open' | 'busy' | 'flood';

/** So many refused requests within a second are no mistake of a page any more. */
const patience = 200;

export const createGate = (requestsPerSecond: () => number): Gate => {
  let tokens = requestsPerSecond();
  let last: number | null = null;
  let refused = 0;
  let refusedSince = 0;
  return now => {
    const rate = requestsPerSecond();
    tokens = Math.min(rate, tokens + ((now - (last ?? now)) / 1_000) * rate);
    last = now;
    if (tokens >= 1) {
      tokens -= 1;
      return 'open';
    }
    if (now - refusedSince > 1_000) {
      refused = 0;
      refusedSince = now;
    }
    refused += 1;
    return refused > patience ? 'flood' : 'busy';
  };
};
