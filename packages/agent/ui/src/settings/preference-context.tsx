import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { TextsContext } from '../workspace/context.ts';
import { createPreferences, type PreferenceStore } from './preference-store.ts';
import type { Preferences } from './preferences.ts';
import { preferredTexts } from './preferred-texts.ts';

const PreferenceContext = createContext<PreferenceStore | null>(null);

export const usePreferenceStore = (): PreferenceStore => {
  const store = useContext(PreferenceContext);
  if (!store) throw new Error('no preferences around this component');
  return store;
};

export const usePreferences = (): Preferences => {
  const store = usePreferenceStore();
  return useSyncExternalStore(store.subscribe, store.get);
};

export const browserPreferences = (): PreferenceStore =>
  createPreferences(localStorage, changed => addEventListener('storage', changed));

/** The language and the density of everything inside are those that were chosen. */
export const PreferenceProvider = ({ store, children }: { store: PreferenceStore; children: ReactNode }) => {
  const preferences = useSyncExternalStore(store.subscribe, store.get);
  const { density } = preferences;
  const texts = preferredTexts(preferences);
  useEffect(() => {
    document.documentElement.lang = texts.language;
    document.documentElement.dataset['density'] = density;
  }, [texts, density]);
  return (
    <PreferenceContext value={store}>
      <TextsContext value={texts}>{children}</TextsContext>
    </PreferenceContext>
  );
};
