import type { Time } from '../site.ts';

const millisecondsOfDay = 86_400_000;
const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** Year, month and day of a day since the epoch, in the proleptic Gregorian calendar counted from March. */
function civilDay(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return `${`${year}`.padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
}

/** ISO 8601 in UTC with milliseconds. The core has no clock and no calendar of the platform, so it counts by itself. */
export function isoTime(time: Time): string {
  const day = Math.floor(time / millisecondsOfDay);
  const rest = time - day * millisecondsOfDay;
  const seconds = Math.floor(rest / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${civilDay(day)}T${clock}.${`${rest % 1000}`.padStart(3, '0')}Z`;
}
