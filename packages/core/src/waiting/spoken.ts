/** A whole number up to 999 as sound files: `number-2`, `number-hundred`, `number-40`, `number-7`. Larger ones are said as 999. */
export function spokenNumber(value: number): string[] {
  const number = Math.max(0, Math.min(999, Math.floor(value)));
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  if (hundreds > 0) {
    return [`number-${hundreds}`, 'number-hundred', ...(rest === 0 ? [] : spokenNumber(rest))];
  }
  if (number <= 20 || number % 10 === 0) return [`number-${number}`];
  return [`number-${number - (number % 10)}`, `number-${number % 10}`];
}

export const spokenPosition = (position: number): string[] => ['you-are-number', ...spokenNumber(position)];

/** In minutes, rounded up. */
export function spokenWaitingTime(seconds: number): string[] {
  if (seconds < 60) return ['waiting-time-below-one-minute'];
  const minutes = Math.ceil(seconds / 60);
  return ['waiting-time-about', ...spokenNumber(minutes), minutes === 1 ? 'minute' : 'minutes'];
}
