import { Text } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';
import { pathOf } from './round-trip-path.ts';

const width = 600;
const height = 80;

/** The round trips to the server, as a line; its words say what a picture does not say to everybody. */
export const RoundTrips = ({ values }: { values: readonly number[] }) => {
  const { diagnostics } = useTexts();
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const longest = sorted.at(-1) ?? 0;
  return (
    <figure className="round-trips">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={pathOf(values, width, height)} />
      </svg>
      <Text component="figcaption" size="sm" className="quiet numbers">
        {`${diagnostics.roundTrips}: ${values.length} · ${diagnostics.median} ${middle.toFixed(1)} ms · ${diagnostics.longest} ${longest.toFixed(1)} ms`}
      </Text>
    </figure>
  );
};
