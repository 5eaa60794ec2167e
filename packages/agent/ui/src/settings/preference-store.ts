import type { KeptPreferences } from '@cordboard/contract';
import { usualShortcuts } from '../state/shortcuts.ts';
import { browserPartOf, keptOf, type Preferences, preferencesFrom } from './preferences.ts';

export interface PreferenceStore {
  get(): Preferences;
  /** The person has chosen. */
  set(part: Partial<Preferences>): void;
  subscribe(changed: () => void): () => void;
  /** Told of what the person has chosen here, and of nothing that came from elsewhere. */
  onChosen(chosen: () => void): () => void;
  /** Who works here now; null: nobody. What he chose in this browser is shown. */
  enter(logonId: string | null): void;
  /** As they are kept for him. */
  take(kept: KeptPreferences): void;
  /** This browser keeps none yet. */
  readonly isNew: boolean;
}

type KeptValues = Pick<Storage, 'getItem' | 'setItem'>;

/** of who worked here last, for the log-on page; and of each person */
const key = 'cordboard.preferences';
const keyOf = (logonId: string) => `${key}.${logonId}`;

const parsed = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    // not JSON: nothing of it can be used
    return null;
  }
};

/**
 * The preferences as this browser shows them, and keeps them for the next time: the first picture is right at once, and they hold
 * where nobody else keeps them. `elsewhere` calls back when another window of this browser kept something.
 */
export const createPreferences = (
  storage: KeptValues,
  elsewhere: (changed: () => void) => void,
): PreferenceStore => {
  let person: string | null = null;
  const read = () => {
    const text = person === null ? null : storage.getItem(keyOf(person));
    return preferencesFrom(parsed(text ?? storage.getItem(key)));
  };
  let current = read();
  const listeners = new Set<() => void>();
  const choosers = new Set<() => void>();
  const change = (next: Preferences) => {
    current = next;
    for (const changed of listeners) changed();
  };
  const keep = () => {
    const text = JSON.stringify({ ...keptOf(current), ofBrowser: browserPartOf(current) });
    storage.setItem(key, text);
    if (person !== null) storage.setItem(keyOf(person), text);
  };
  elsewhere(() => change(read()));
  return {
    get: () => current,
    set(part) {
      change({ ...current, ...part });
      keep();
      for (const chosen of choosers) chosen();
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    onChosen(chosen) {
      choosers.add(chosen);
      return () => choosers.delete(chosen);
    },
    enter(logonId) {
      person = logonId;
      if (logonId === null) return;
      const isKnown = storage.getItem(keyOf(logonId)) !== null;
      // language and looks are as he saw them when he logged on; another's keys and places are not his
      change(isKnown ? read() : { ...current, shortcuts: usualShortcuts, places: {} });
    },
    take(kept) {
      change(preferencesFrom({ ...kept, ofBrowser: browserPartOf(current) }));
      keep();
    },
    get isNew() {
      return storage.getItem(key) === null;
    },
  };
};
