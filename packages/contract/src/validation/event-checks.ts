import { events } from '../events.ts';
import { type TSchema, Type } from '../schema.ts';
import { type Check, checkOf } from './validator.ts';

const checks = new Map<string, Check>(
  events.map(each => [each.name, checkOf(Type.Tuple([...(each.values as readonly TSchema[])]))]),
);

/** The check of an event's values (by position), or undefined: an event that this release does not know. */
export const eventCheck = (name: string): Check | undefined => checks.get(name);
