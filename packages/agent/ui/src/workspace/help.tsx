import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { usePreferenceStore } from '../settings/preference-context.tsx';
import { useTexts } from './context.ts';
import { ShortcutList } from './shortcut-list.tsx';
import { isShortcut } from './shortcuts.ts';

const HelpContext = createContext<() => void>(() => {});

/** Shows all keys, over whatever page is there. */
export const useHelp = (): (() => void) => useContext(HelpContext);

/** The list of keys, by its key in every page of the window: at work, in the settings, and before anybody has logged on. */
export const HelpProvider = ({ children }: { children: ReactNode }) => {
  const preferences = usePreferenceStore();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== preferences.get().shortcuts.help || !isShortcut(event) || event.defaultPrevented)
        return;
      event.preventDefault();
      setShown(before => !before);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [preferences]);
  return (
    <HelpContext value={() => setShown(true)}>
      {children}
      {shown && <HelpDialog onClose={() => setShown(false)} />}
    </HelpContext>
  );
};

/** A dialog of the browser: it keeps the focus, and gives it back to where it was. */
const HelpDialog = ({ onClose }: { onClose(): void }) => {
  const { title } = useTexts().shortcuts;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help-dialog" aria-label={title} onClose={onClose}>
      <ShortcutList onClose={() => dialog.current?.close()} />
    </dialog>
  );
};
