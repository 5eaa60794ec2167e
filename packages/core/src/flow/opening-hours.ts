import type { Time } from '../site.ts';

/** When somebody is there, by the wall clock of a place. */
export interface OpeningHours {
  name: string;
  /** of the IANA database */
  timeZone: string;
  weekly: OpenPeriod[];
  /** dates, YYYY-MM-DD, on which nobody is there */
  holidays: string[];
}

export interface OpenPeriod {
  days: Weekday[];
  /** HH:MM */
  from: string;
  /** HH:MM, not included; 24:00 = the end of the day; before `from` = into the next day */
  to: string;
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Nothing of the machine's settings has a say: language, calendar, digits and time zone are all named. */
const readClock = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

interface WallClock {
  date: string;
  weekday: number;
  minutes: number;
}

function wallClock(timeZone: string, at: Time): WallClock {
  const parts = new Map(
    readClock(timeZone)
      .formatToParts(at)
      .map(each => [each.type, each.value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    weekday: weekdays.indexOf(part('weekday').toLowerCase() as Weekday),
    minutes: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Whether somebody is there at a time. A period past midnight belongs to the day on which it begins. */
export function isOpen(hours: OpeningHours, at: Time): boolean {
  const now = wallClock(hours.timeZone, at);
  const isHoliday = hours.holidays.includes(now.date);
  const wasHoliday = hours.holidays.includes(dayBefore(hours.timeZone, at, now));
  return hours.weekly.some(({ days, from, to }) => {
    const [begins, ends] = [minutesOf(from), minutesOf(to)];
    const [today, before] = [covers(days, now.weekday), covers(days, (now.weekday + 6) % 7)];
    if (begins < ends) return today && !isHoliday && now.minutes >= begins && now.minutes < ends;
    return (today && !isHoliday && now.minutes >= begins) || (before && !wasHoliday && now.minutes < ends);
  });
}

/** Half a day before midnight: where the clocks change a day has 23 or 25 hours, and noon is still of the same day. */
const dayBefore = (timeZone: string, at: Time, { minutes }: WallClock): string =>
  wallClock(timeZone, at - minutes * 60_000 - 43_200_000).date;

const covers = (days: readonly Weekday[], day: number): boolean =>
  days.some(each => weekdays.indexOf(each) === day);

/** Whether the platform knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    readClock(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
