import { Bool, BoundedText, type Static, Type } from '../schema.ts';

/**
 * How a person wants his window: kept for him by the Agent application, because what a browser keeps is lost with the address of the
 * page. What of it can be used the window decides: another release may have written it.
 */
export const KeptPreferences = Type.Object({
  /** language, colours, sounds ... */
  choices: Type.Record(BoundedText(64), Type.Union([Type.Boolean(), Type.Number(), BoundedText(64)]), {
    maxProperties: 64,
  }),
  /** the keys that he changed, by the name of their action; '' = none */
  shortcuts: Type.Record(BoundedText(64), BoundedText(8), { maxProperties: 128 }),
  /** where things stand: numbers by the name of what stands there */
  places: Type.Record(BoundedText(320), Type.Array(Type.Number(), { maxItems: 4 }), { maxProperties: 64 }),
});
export type KeptPreferences = Static<typeof KeptPreferences>;

/** As JSON: more is not taken, and not read. */
export const mostPreferenceBytes = 65_536;

/** Null: nothing was kept for him yet. */
export const ReadPreferencesResult = Type.Object({
  preferences: Type.Union([KeptPreferences, Type.Null()]),
});
export type ReadPreferencesResult = Static<typeof ReadPreferencesResult>;

export const KeepPreferencesRequest = Type.Object({ preferences: KeptPreferences });
export type KeepPreferencesRequest = Static<typeof KeepPreferencesRequest>;

export const KeepPreferencesResult = Type.Object({
  /** false: they hold in this window, and wherever its browser keeps them */
  kept: Bool,
});
export type KeepPreferencesResult = Static<typeof KeepPreferencesResult>;

export const deskPreferenceMethods = {
  /** `ReadPreferencesResult`: of who is logged on, or logged on last */
  read: 'deskReadPreferences',
  /** `KeepPreferencesRequest`, answered with `KeepPreferencesResult`; all of them, for who is logged on */
  keep: 'deskKeepPreferences',
} as const;

export const deskPreferenceNotifications = {
  /** `KeptPreferences`, to the other windows of the agent when one has kept them */
  preferences: 'deskPreferences',
} as const;
