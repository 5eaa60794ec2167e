import { type CallActionName, callActionNames } from './call-actions.ts';

/** What a key does, beside what it does with the session in focus. */
export const pageActionNames = [
  'dial',
  'ready',
  'nextSession',
  'notes',
  'waiting',
  'dismiss',
  'logOff',
  'help',
] as const;
export type PageActionName = (typeof pageActionNames)[number];

export type ShortcutName = CallActionName | PageActionName;
export const shortcutNames: readonly ShortcutName[] = [...callActionNames, ...pageActionNames];

/** The key of each action, pressed alone or with Shift and outside of fields; '' = none. */
export type Shortcuts = Readonly<Record<ShortcutName, string>>;

export const usualShortcuts: Shortcuts = {
  answer: 'a',
  reject: 'j',
  hold: 'h',
  retrieve: 'h',
  alternate: 'l',
  consult: 'u',
  transfer: 't',
  conference: 'c',
  deflect: 'f',
  park: 'p',
  digits: 'g',
  record: 'o',
  stopRecording: 'o',
  intrude: 'i',
  clearAuthenticating: 'k',
  hangUp: 'e',
  extendClerical: 'x',
  cancelClerical: 'w',
  dial: 'd',
  ready: 'r',
  nextSession: 's',
  notes: 'n',
  waiting: 'q',
  dismiss: 'y',
  // by accident at once gone: who wants a key for it gives it one
  logOff: '',
  help: '?',
};

/** Never allowed at the same time, so one key may do both. */
const pairs: readonly (readonly ShortcutName[])[] = [
  ['hold', 'retrieve'],
  ['record', 'stopRecording'],
];

/** Browsers search with these (Firefox), scroll, or press what is in focus; the window opens its settings with the comma and mutes with m. */
const taken: ReadonlySet<string> = new Set(['/', "'", ' ', ',', 'm']);

/** One printable character; with Ctrl, Alt or the system's key they are the browser's. */
export const isUsableKey = (key: string): boolean => [...key].length === 1 && !taken.has(key) && key > ' ';

/** The other action that has the key already; null = it is free. */
export const conflictOf = (shortcuts: Shortcuts, name: ShortcutName, key: string): ShortcutName | null => {
  if (key === '') return null;
  const pair = pairs.find(each => each.includes(name)) ?? [name];
  return shortcutNames.find(each => !pair.includes(each) && shortcuts[each] === key) ?? null;
};

export type Remapped =
  | { ok: true; shortcuts: Shortcuts }
  | { ok: false; reason: 'unusable' }
  | { ok: false; reason: 'conflict'; with: ShortcutName };

/** Gives an action another key; '' takes its key away. */
export const remapped = (shortcuts: Shortcuts, name: ShortcutName, key: string): Remapped => {
  if (key !== '' && !isUsableKey(key)) return { ok: false, reason: 'unusable' };
  const other = conflictOf(shortcuts, name, key);
  if (other !== null) return { ok: false, reason: 'conflict', with: other };
  return { ok: true, shortcuts: { ...shortcuts, [name]: key } };
};

/** Of what was kept, by this release or another, whatever can be used. */
export const shortcutsFrom = (kept: unknown): Shortcuts => {
  if (typeof kept !== 'object' || kept === null) return usualShortcuts;
  let shortcuts = usualShortcuts;
  const given = Object.entries(kept).filter(([name]) => Object.hasOwn(usualShortcuts, name));
  // first all of them are free, so that two may have changed places
  for (const [name] of given) shortcuts = { ...shortcuts, [name]: '' };
  for (const [name, key] of given) {
    const result = remapped(shortcuts, name as ShortcutName, typeof key === 'string' ? key : '');
    if (result.ok) shortcuts = result.shortcuts;
  }
  return shortcuts;
};

/** Those that are not the usual ones: what is kept. */
export const changedShortcuts = (shortcuts: Shortcuts): Record<string, string> =>
  Object.fromEntries(
    Object.entries(shortcuts).filter(([name, key]) => usualShortcuts[name as ShortcutName] !== key),
  );
