import { events } from '@cordboard/contract';
import type { ClientEvent, ClientEventName } from '@cordboard/sdk';
import { enumOfProperty } from './show.ts';

/** What `wait` waits for: an event whose first value has these properties. */
export interface Awaited {
  event: ClientEventName;
  properties: [path: string, value: string][];
  milliseconds: number;
}

const extraEvents = ['operationFailed', 'connectionChanged', 'resynchronized', 'protocolFault'] as const;
export const eventNames: readonly string[] = [...events.map(each => each.name), ...extraEvents];

const isEventName = (word: string): word is ClientEventName => eventNames.includes(word);

const millisecondsOf = (word: string): number | null => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(word);
  if (!match) return null;
  const factor = { ms: 1, s: 1_000, m: 60_000 }[match[2] as 'ms' | 's' | 'm'];
  return Number(match[1]) * factor;
};

/** `OnCallEvent State=Connected CallInfo.GroupName=Sales 30s`; text says what is wrong. */
export const readAwaited = (words: readonly string[]): Awaited | string => {
  const [event = '', ...rest] = words;
  if (!isEventName(event)) return `wait EVENT [Property=value ...] [30s]; events: ${eventNames.join(', ')}`;
  const awaited: Awaited = { event, properties: [], milliseconds: 30_000 };
  for (const word of rest) {
    const milliseconds = millisecondsOf(word);
    const at = word.indexOf('=');
    if (milliseconds !== null) awaited.milliseconds = milliseconds;
    else if (at > 0) awaited.properties.push([word.slice(0, at), word.slice(at + 1)]);
    else return `${word} is no Property=value and no time (500ms, 30s, 2m)`;
  }
  return awaited;
};

const at = (value: unknown, path: string): unknown => {
  if (path === 'value') return value;
  let current = value;
  for (const name of path.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
};

const matches = (value: unknown, path: string, wanted: string): boolean => {
  const actual = at(value, path);
  if (actual === undefined) return false;
  const byName = enumOfProperty[path]?.[wanted];
  return String(actual) === wanted || (byName !== undefined && actual === byName);
};

export const isAwaited = (event: ClientEvent, awaited: Awaited): boolean =>
  event.event === awaited.event &&
  awaited.properties.every(([path, value]) => matches(event.values[0], path, value));

/** A property of the event that was waited for last, for `$ID` and the like. */
export const propertyOf = (event: ClientEvent, path: string): string | null => {
  const value = at(event.values[0], path);
  return value === undefined || value === null ? null : String(value);
};
