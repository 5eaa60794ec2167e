/** A line through the values, oldest at the left, the largest at the top; it never is flatter than a millisecond is high. */
export const pathOf = (values: readonly number[], width: number, height: number): string => {
  const top = Math.max(1, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, index) => {
      const x = (index * step).toFixed(1);
      const y = (height - (Math.max(0, value) / top) * (height - 2) - 1).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
};
