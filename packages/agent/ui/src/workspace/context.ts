import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Desk } from '../connection/open-window.ts';
import type { WindowState } from '../state/window-state.ts';
import { english, type Texts } from '../texts/english.ts';

export const DeskContext = createContext<Desk | null>(null);
export const TextsContext = createContext<Texts>(english);

export const useTexts = (): Texts => useContext(TextsContext);

export const useDesk = (): Desk => {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no desk around this component');
  return desk;
};

export const useWindowState = (): WindowState => {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, store.get);
};

/** The time, anew each second, for what shows how long something lasts. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};
