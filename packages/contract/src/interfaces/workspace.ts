import { Bool, Int, type Static, Text, Type } from '../schema.ts';

/** Seed, ITAB: a web tab of the Agent application's window. */
export const ITab = Type.Object({
  /** 0-based among all tabs of the window, those in dock bars after the others */
  Index: Int,
  Name: Text,
  Symbol: Text,
  Selected: Bool,
  InDockBar: Bool,
  Focused: Bool,
});
export type ITab = Static<typeof ITab>;

/** Used by the seed (GetEmailTemplates) and described nowhere in it. */
export const ITemplate = Type.Object({ ID: Int, Name: Text });
export type ITemplate = Static<typeof ITemplate>;
