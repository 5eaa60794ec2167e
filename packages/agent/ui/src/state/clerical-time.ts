/** What is left of the clerical state, in milliseconds and as a share of the whole; all moments by the server's clock. */
export const clericalTime = (
  until: string,
  since: number,
  now: number,
): { left: number; percent: number } => {
  const end = Date.parse(until);
  const left = Math.max(0, end - now);
  return { left, percent: Math.min(100, (100 * left) / Math.max(1, end - since)) };
};
