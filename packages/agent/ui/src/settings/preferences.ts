import { isRingTone, type RingToneName } from '../notifications/ring-tones.ts';
import type { ChosenDevice } from '../softphone/preferences.ts';

/** How this browser shows the window; what concerns the application is kept by the application. */
export interface Preferences {
  /** `auto`: the first of the browser's languages that there is */
  language: 'auto' | 'en' | 'de';
  density: 'comfortable' | 'compact';
  /** shown by the system while another window is in front */
  notifications: boolean;
  ringTone: RingToneName;
  /** 0 to 1 */
  ringVolume: number;
  /** null = where the system plays */
  ringOutput: ChosenDevice | null;
  /** while the agent talks a call does not ring: it beeps once, or is silent */
  whileTalking: 'beep' | 'silent';
  /** the title of the window says who rings */
  blink: boolean;
}

export const usualPreferences: Preferences = {
  language: 'auto',
  density: 'comfortable',
  notifications: false,
  ringTone: 'classic',
  ringVolume: 0.6,
  ringOutput: null,
  whileTalking: 'beep',
  blink: true,
};

export interface PreferenceStore {
  get(): Preferences;
  set(part: Partial<Preferences>): void;
  subscribe(changed: () => void): () => void;
}

type KeptValues = Pick<Storage, 'getItem' | 'setItem'>;

const key = 'cordboard.preferences';

const isOneOf =
  <T extends string>(...values: T[]) =>
  (value: unknown): value is T =>
    values.some(each => each === value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const isDeviceOrNone = (value: unknown): value is ChosenDevice | null =>
  value === null ||
  (typeof value === 'object' &&
    typeof (value as ChosenDevice).id === 'string' &&
    typeof (value as ChosenDevice).name === 'string');

const checks: { [Name in keyof Preferences]: (value: unknown) => value is Preferences[Name] } = {
  language: isOneOf('auto', 'en', 'de'),
  density: isOneOf('comfortable', 'compact'),
  notifications: isBoolean,
  ringTone: isRingTone,
  ringVolume: (value): value is number => typeof value === 'number' && value >= 0 && value <= 1,
  ringOutput: isDeviceOrNone,
  whileTalking: isOneOf('beep', 'silent'),
  blink: isBoolean,
};

/** Of what was kept, by this release or another, whatever can be used; the usual for the rest. */
export const preferencesFrom = (text: string | null): Preferences => {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '{}');
  } catch {
    // not JSON: nothing of it can be used
    return usualPreferences;
  }
  if (typeof kept !== 'object' || kept === null) return usualPreferences;
  const usable = Object.entries(kept).filter(
    ([name, value]) => Object.hasOwn(checks, name) && checks[name as keyof Preferences](value),
  );
  return { ...usualPreferences, ...Object.fromEntries(usable) };
};

/** `elsewhere` calls back when another window of this browser kept something. */
export const createPreferences = (
  storage: KeptValues,
  elsewhere: (changed: () => void) => void,
): PreferenceStore => {
  const read = () => preferencesFrom(storage.getItem(key));
  let current = read();
  const listeners = new Set<() => void>();
  const change = (next: Preferences) => {
    current = next;
    for (const changed of listeners) changed();
  };
  elsewhere(() => change(read()));
  return {
    get: () => current,
    set(part) {
      const next = { ...current, ...part };
      storage.setItem(key, JSON.stringify(next));
      change(next);
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
};
