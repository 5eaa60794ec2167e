import { useEffect } from 'react';
import { useDesk } from '../workspace/context.ts';

/** Milliseconds. From one frame to another the keyboard goes without an event in the window around them. */
const lookEvery = 500;

/** Key of the tab that has the keyboard. */
const focusedTab = (): string | null => {
  if (!document.hasFocus()) return null;
  return document.activeElement?.closest('[data-tab]')?.getAttribute('data-tab') ?? null;
};

/** Tells the application which tab has the keyboard, for `ITab.Focused`. */
export const useFocusReport = (): void => {
  const { tabs } = useDesk();
  useEffect(() => {
    const look = () => tabs.focus(focusedTab());
    const timer = setInterval(look, lookEvery);
    window.addEventListener('blur', look);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('blur', look);
      window.removeEventListener('focus', look);
    };
  }, [tabs]);
};
