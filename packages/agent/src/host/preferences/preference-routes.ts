import {
  accepted,
  checkOf,
  deskPreferenceMethods,
  KeepPreferencesRequest,
  type KeptPreferences,
  type Route,
  refused,
} from '@cordboard/contract';
import type { PreferencePlace } from './preference-place.ts';

export interface PreferenceServices {
  place: PreferencePlace;
  /** null: nobody is logged on */
  logonId(): string | null;
  /** '' = nobody yet: the log-on page is shown as its last user wants it */
  lastLogonId(): string;
  tellWindows(preferences: KeptPreferences): void;
}

/** What the window asks about the preferences of its person. */
export const preferenceRoutes = ({
  place,
  logonId,
  lastLogonId,
  tellWindows,
}: PreferenceServices): ReadonlyMap<string, Route> =>
  new Map<string, Route>([
    [
      deskPreferenceMethods.read,
      {
        check: () => null,
        async run() {
          const who = logonId() ?? lastLogonId();
          return accepted({ preferences: who === '' ? null : await place.read(who) });
        },
      },
    ],
    [
      deskPreferenceMethods.keep,
      {
        check: checkOf(KeepPreferencesRequest),
        async run({ preferences }: KeepPreferencesRequest) {
          const who = logonId();
          if (who === null) return refused('notLoggedOn');
          const kept = await place.keep(who, preferences);
          tellWindows(preferences);
          return accepted({ kept });
        },
      },
    ],
  ]);
