import {
  type Answer,
  deskPreferenceMethods,
  type KeptPreferences,
  type ReadPreferencesResult,
} from '@cordboard/contract';
import type { Store } from '../state/store.ts';
import type { PreferenceStore } from './preference-store.ts';
import { keptOf } from './preferences.ts';

export interface PersonPlace {
  store: Store;
  inquire(method: string, parameters: object): Promise<Answer>;
  /** Another window of the same agent has kept these. */
  onPreferences(told: (kept: KeptPreferences) => void): void;
}

const isEmpty = (kept: KeptPreferences): boolean =>
  Object.values(kept).every(part => Object.keys(part).length === 0);

/**
 * The preferences go with the person: they are read from his application when he logs on, and told to it when he chooses others.
 *
 *   nobody ── logs on ──► reading ── they came ──► his ── chooses ──► telling ──► his
 *                            │ chooses first: his own word stands        │ not heard: told again when he is back
 */
export const followPerson = (place: PersonPlace, preferences: PreferenceStore): void => {
  let person: string | null = null;
  /** whose last choice the application has not heard */
  let unheard: string | null = null;
  let telling = 0;
  let choices = 0;

  const tell = async () => {
    const who = person;
    if (who === null) return;
    telling += 1;
    const answer = await place.inquire(deskPreferenceMethods.keep, {
      preferences: keptOf(preferences.get()),
    });
    telling -= 1;
    unheard = answer.ok ? null : who;
  };

  const read = async () => {
    const [who, before] = [person, choices];
    const answer = await place.inquire(deskPreferenceMethods.read, {});
    if (!answer.ok || person !== who || choices !== before) return;
    const { preferences: kept } = answer.value as ReadPreferencesResult;
    if (kept) preferences.take(kept);
    else if (!isEmpty(keptOf(preferences.get()))) await tell();
  };

  let asked = false;
  const look = () => {
    const { agent, application } = place.store.get();
    const now = agent?.user.LoginID ?? null;
    // before he logs on the page already speaks the language of who did last
    if (now === null && application === 'open' && !asked && preferences.isNew) {
      asked = true;
      void read();
    }
    if (now === person) return;
    person = now;
    preferences.enter(now);
    if (now === null) return;
    if (unheard === now) void tell();
    else void read();
  };

  const giveKeys = () => {
    const { shortcuts } = preferences.get();
    if (place.store.get().shortcuts !== shortcuts) place.store.dispatch({ type: 'shortcuts', shortcuts });
  };

  preferences.subscribe(giveKeys);
  preferences.onChosen(() => {
    choices += 1;
    void tell();
  });
  place.onPreferences(kept => {
    // while this window tells its own, what comes back is older
    if (telling === 0 && person !== null) preferences.take(kept);
  });
  place.store.subscribe(look);
};
