import { createKeyPause } from './key-pause.ts';

/** Goes from the page of a tab to the window around it, and from there into the page. */
export const paneKey = 'F6';

/** Who has the keyboard: the window, or the page of a tab. */
export interface TabKeys {
  /** The page of this tab gives the keyboard back, if it has it. */
  leave(tab: string): void;
  /** False: no page is shown in this tab. */
  enter(tab: string): boolean;
}

const frameOf = (tab: string): HTMLIFrameElement | null =>
  document.querySelector(`iframe[data-tab="${CSS.escape(tab)}"]`);

export const createTabKeys = (): TabKeys => {
  const pause = createKeyPause(() => performance.now());
  const onKey = (event: KeyboardEvent) => {
    if (!pause.lets()) event.stopImmediatePropagation();
  };
  // before anybody else in the window
  window.addEventListener('keydown', onKey, true);
  return {
    leave(tab) {
      if (document.activeElement !== frameOf(tab)) return;
      pause.begin();
      document.getElementById(`tab-${tab}`)?.focus();
    },
    enter(tab) {
      const page = frameOf(tab)?.contentDocument?.querySelector('iframe');
      page?.focus();
      return page !== null && page !== undefined;
    },
  };
};
