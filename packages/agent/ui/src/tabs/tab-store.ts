import { type DeskTabs, deskTabMethods } from '@cordboard/contract';
import type { DeskLink } from '../connection/desk-link.ts';

/** The tabs as the application has them; whoever changes one asks it. */
export interface TabStore {
  get(): DeskTabs;
  subscribe(changed: () => void): () => void;
  /** from the application */
  set(tabs: DeskTabs): void;
  select(key: string): void;
  close(key: string): void;
  reload(key: string): void;
  focus(key: string | null): void;
}

const none: DeskTabs = { tabs: [], selected: 'work', front: null, raised: null, focused: null, origins: [] };

export const createTabStore = (link: () => Pick<DeskLink, 'request'>): TabStore => {
  let tabs = none;
  const listeners = new Set<() => void>();
  const ask = (method: string, parameters: object) => void link().request(method, parameters);
  return {
    get: () => tabs,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    set(next) {
      tabs = next;
      for (const changed of listeners) changed();
    },
    select: key => ask(deskTabMethods.selectTab, { key }),
    close: key => ask(deskTabMethods.closeTab, { key }),
    reload: key => ask(deskTabMethods.reloadTab, { key }),
    focus(key) {
      if (tabs.focused !== key) ask(deskTabMethods.focusTab, { key });
    },
  };
};
