import { useEffect, useSyncExternalStore } from 'react';
import { addressOf, type SettingsSection, sectionOf } from './page-address.ts';

/** Opens the settings, pressed alone and outside of fields. */
export const settingsKey = ',';

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null;

export const openSettings = (section: SettingsSection = 'general'): void => {
  location.hash = addressOf(section);
};

const close = (): void => {
  location.hash = '';
};

/** The page of the settings that the address names, null while the agent works; and how to go back to the work. */
export const useSettingsPage = (): { section: SettingsSection | null; close(): void } => {
  const section = useSyncExternalStore(subscribe, () => sectionOf(location.hash));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // a dialog over it has its own use for Escape
      const isFree = !event.defaultPrevented && document.querySelector('dialog[open]') === null;
      if (event.key === 'Escape' && isFree && sectionOf(location.hash)) return close();
      if (event.key !== settingsKey || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isField(event.target) || sectionOf(location.hash)) return;
      openSettings();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return { section, close };
};
