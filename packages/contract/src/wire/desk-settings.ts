import { Int, type Static, Type } from '../schema.ts';

/** The part of the desk wire that the settings page of the window speaks. */
export const LogLevelRequest = Type.Object({ level: Type.Integer({ minimum: 0, maximum: 7 }) });
export type LogLevelRequest = Static<typeof LogLevelRequest>;

export const LogLevelResult = Type.Object({
  level: Int,
  /** false: it holds for this run only, the settings file could not be written */
  kept: Type.Boolean(),
});
export type LogLevelResult = Static<typeof LogLevelResult>;

export const deskSettingsMethods = {
  /** `LogLevelRequest`, answered with `LogLevelResult`: the Diagnostic Log Level, taken at once and kept in the settings file. */
  setLogLevel: 'deskSetLogLevel',
} as const;
