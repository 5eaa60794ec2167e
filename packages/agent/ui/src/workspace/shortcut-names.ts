import type { CallActionName } from '../state/call-actions.ts';
import type { ShortcutName } from '../state/shortcuts.ts';
import type { Texts } from '../texts/english.ts';

/** What a shortcut does, in the reader's words. */
export const shortcutText = (texts: Texts, name: ShortcutName): string =>
  Object.hasOwn(texts.actions, name)
    ? texts.actions[name as CallActionName]
    : texts.workspace.shortcuts[name as Exclude<ShortcutName, CallActionName>];
