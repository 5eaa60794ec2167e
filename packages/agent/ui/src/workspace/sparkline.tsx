const width = 60;
const height = 16;

/** The course of a figure as a small picture; what it is now stands beside it in digits. */
export const Sparkline = ({ values, label }: { values: readonly number[]; label: string }) => {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, at) => `${at * step},${height - 1 - (value / most) * (height - 2)}`);
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {points.length > 1 && <polyline points={points.join(' ')} />}
    </svg>
  );
};
