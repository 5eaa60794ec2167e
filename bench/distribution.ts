export interface Distribution {
  count: number;
  p50: number;
  p99: number;
}

/** Median and 99th percentile of a sample, in its own unit. */
export const distributionOf = (sample: readonly number[]): Distribution => {
  const sorted = [...sample].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
};

/** `1.23 / 4.56 ms` */
export const showDistribution = (distribution: Distribution, unit: string): string =>
  `${distribution.p50.toFixed(2)} / ${distribution.p99.toFixed(2)} ${unit} (p50 / p99 of ${distribution.count})`;
