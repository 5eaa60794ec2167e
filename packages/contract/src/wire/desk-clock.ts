import { type Static, Type } from '../schema.ts';

/** What the server's clock says now, in milliseconds since 1970, as far as the application knows; null: it has not been told yet. */
export const ServerTime = Type.Object({ now: Type.Union([Type.Number(), Type.Null()]) });
export type ServerTime = Static<typeof ServerTime>;

export const deskClockMethods = {
  /** `ServerTime`: moments that the site names are of this clock, and that of the desk may be wrong by minutes */
  getServerTime: 'deskGetServerTime',
} as const;
