import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Desk } from '../connection/open-window.ts';
import { sameBesideWaiting } from '../state/beside-waiting.ts';
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

/** Whatever changes: for what shows the waiting lists. */
export const useWholeState = (): WindowState => {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, store.get);
};

/** The state for everything that does not show what waits: the lists in it may be old. */
export const useWindowState = (): WindowState => {
  const { store } = useDesk();
  const last = useRef<WindowState | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    const now = store.get();
    if (last.current === null || !sameBesideWaiting(last.current, now)) last.current = now;
    return last.current;
  });
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

/** The time of the server, anew each second: moments that the site names are of its clock, and that of this machine may be wrong. */
export const useServerNow = (): number => {
  const { serverClock } = useDesk();
  return useNow() + serverClock.offset();
};
