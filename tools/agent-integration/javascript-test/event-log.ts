/** One event as it came. */
export interface LoggedEvent {
  number: number;
  /** ms since 1970 */
  at: number;
  name: string;
  values: readonly unknown[];
}

/** The events of the page, the newest first. */
export interface EventLog {
  add(name: string, values: readonly unknown[], at: number): LoggedEvent;
  /** those whose name or content holds every word */
  matching(filter: string): LoggedEvent[];
  clear(): void;
  readonly size: number;
}

const kept = 500;

const holds = ({ name, values }: LoggedEvent, words: readonly string[]): boolean => {
  const text = `${name} ${JSON.stringify(values)}`.toLowerCase();
  return words.every(word => text.includes(word));
};

export const createEventLog = (): EventLog => {
  let events: LoggedEvent[] = [];
  let last = 0;
  return {
    add(name, values, at) {
      last += 1;
      const event = { number: last, at, name, values };
      events = [event, ...events].slice(0, kept);
      return event;
    },
    matching(filter) {
      const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
      return words.length === 0 ? events : events.filter(each => holds(each, words));
    },
    clear() {
      events = [];
    },
    get size() {
      return events.length;
    },
  };
};

type Fields = Record<string, unknown>;

/** What there is to say of an event in half a line. */
export const summaryOf = ({ values }: LoggedEvent): string => {
  const [first] = values;
  if (typeof first !== 'object' || first === null) return values.map(each => JSON.stringify(each)).join(' ');
  const { ID, StateDescription, PhoneNumber, CallerName, CallingNumber, UserName, ReadyStatus, reason } =
    first as Fields;
  const parts = [
    ID === undefined ? '' : `#${ID}`,
    StateDescription,
    PhoneNumber ?? CallingNumber,
    CallerName,
    UserName,
    ReadyStatus === undefined ? '' : ReadyStatus ? 'ready' : 'not ready',
    reason,
  ];
  return parts.filter(each => each !== undefined && each !== '').join(' ');
};

/** The moment of an event as a person reads it: 14:03:07.120 */
export const clockTime = (at: number): string => {
  const date = new Date(at);
  const two = (value: number) => `${value}`.padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${`${date.getMilliseconds()}`.padStart(3, '0')}`;
};
