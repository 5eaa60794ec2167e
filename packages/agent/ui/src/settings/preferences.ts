import type { KeptPreferences } from '@cordboard/contract';
import { isRingTone, type RingToneName } from '../notifications/ring-tones.ts';
import type { ChosenDevice } from '../softphone/preferences.ts';
import { changedShortcuts, type Shortcuts, shortcutsFrom, usualShortcuts } from '../state/shortcuts.ts';

/** What a person chose of how the window looks and sounds. */
interface Choices {
  /** `auto`: the first of the browser's languages that there is */
  language: 'auto' | 'en' | 'de';
  /** `auto`: as the system has it */
  colors: 'auto' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
  /** where the docked tabs are */
  dock: 'right' | 'left' | 'bottom';
  ringTone: RingToneName;
  /** 0 to 1 */
  ringVolume: number;
  /** while the agent talks a call does not ring: it beeps once, or is silent */
  whileTalking: 'beep' | 'silent';
  /** the title of the window says who rings */
  blink: boolean;
}

/** What is of this browser: it asks for the one, and has names of its own for the other. */
interface OfBrowser {
  /** shown by the system while another window is in front */
  notifications: boolean;
  /** null = where the system plays */
  ringOutput: ChosenDevice | null;
}

/** How the window is shown; what concerns the application is kept by the application. */
export interface Preferences extends Choices, OfBrowser {
  shortcuts: Shortcuts;
  /** where things stand, by their names; who puts one there knows what the numbers mean */
  places: KeptPreferences['places'];
}

const usualChoices: Choices = {
  language: 'auto',
  colors: 'auto',
  density: 'comfortable',
  dock: 'right',
  ringTone: 'classic',
  ringVolume: 0.6,
  whileTalking: 'beep',
  blink: true,
};
const usualOfBrowser: OfBrowser = { notifications: false, ringOutput: null };

export const usualPreferences: Preferences = {
  ...usualChoices,
  ...usualOfBrowser,
  shortcuts: usualShortcuts,
  places: {},
};

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

type Checks<Of> = { [Name in keyof Of]: (value: unknown) => value is Of[Name] };

const choiceChecks: Checks<Choices> = {
  language: isOneOf('auto', 'en', 'de'),
  colors: isOneOf('auto', 'light', 'dark'),
  density: isOneOf('comfortable', 'compact'),
  dock: isOneOf('right', 'left', 'bottom'),
  ringTone: isRingTone,
  ringVolume: (value): value is number => typeof value === 'number' && value >= 0 && value <= 1,
  whileTalking: isOneOf('beep', 'silent'),
  blink: isBoolean,
};
const browserChecks: Checks<OfBrowser> = { notifications: isBoolean, ringOutput: isDeviceOrNone };

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** Of some values those that are what they should be; the usual for the rest. */
const usable = <Of extends object>(usual: Of, checks: Checks<Of>, found: unknown): Of => ({
  ...usual,
  ...Object.fromEntries(
    entriesOf(found).filter(
      ([name, value]) => Object.hasOwn(checks, name) && checks[name as keyof Of](value),
    ),
  ),
});

const isPlace = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= 4 && value.every(each => Number.isFinite(each));

/** Of what was kept, by this release or another, whatever can be used; the usual for the rest. */
export const preferencesFrom = (kept: unknown): Preferences => {
  const { choices, shortcuts, places, ofBrowser } = Object.fromEntries(entriesOf(kept));
  return {
    ...usable(usualChoices, choiceChecks, choices),
    ...usable(usualOfBrowser, browserChecks, ofBrowser),
    shortcuts: shortcutsFrom(shortcuts),
    places: Object.fromEntries(
      entriesOf(places)
        .slice(-mostPlaces)
        .filter((entry): entry is [string, number[]] => isPlace(entry[1])),
    ),
  };
};

/** More than anybody has; those that were put somewhere last are kept. */
const mostPlaces = 64;

/** What is kept for the person: where he differs from the usual, so that what is usual may become better. */
export const keptOf = (preferences: Preferences): KeptPreferences => ({
  choices: Object.fromEntries(
    Object.keys(usualChoices)
      .map(name => name as keyof Choices)
      .filter(name => preferences[name] !== usualChoices[name])
      .map(name => [name, preferences[name]]),
  ),
  shortcuts: changedShortcuts(preferences.shortcuts),
  places: Object.fromEntries(Object.entries(preferences.places).slice(-mostPlaces)),
});

/** What this browser alone keeps. */
export const browserPartOf = ({ notifications, ringOutput }: Preferences): OfBrowser => ({
  notifications,
  ringOutput,
});
