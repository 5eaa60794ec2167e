/** RFC 3261 §17.1.1.1 and table 4, in milliseconds. */
export const timings = {
  t1: 500,
  t2: 4_000,
  t4: 5_000,
  /** §17.2.1: a 100 is sent if nothing else was by then */
  trying: 200,
  /** timers B, F, H, J, L and M */
  timeout: 64 * 500,
  /** timer D: at least 32 s over an unreliable transport */
  d: 32_000,
} as const;
