import type { KeptPreferences } from '@cordboard/contract';

/** Where the preferences of each person are kept. */
export interface PreferencePlace {
  /** Null: nothing was kept for him, or nothing of it can be used. */
  read(logonId: string): Promise<KeptPreferences | null>;
  /** False: they could not be kept. */
  keep(logonId: string, preferences: KeptPreferences): Promise<boolean>;
}

/** Where nothing is kept: each browser has its own. */
export const noPreferencePlace: PreferencePlace = { read: async () => null, keep: async () => false };
