import type { ConfiguredTab, DeskTab, ITab, TabPlacement } from '@cordboard/contract';

export type Framing = DeskTab['framing'];

/** A tab of the window. `work` is the agent's own, and no web tab. */
export interface Tab {
  /** the same as long as the tab is there */
  key: string;
  kind: 'work' | 'action' | ConfiguredTab['kind'];
  name: string;
  /** null: no web page */
  url: string | null;
  /** as configured, or as an action made it; a program may have led the tab elsewhere since */
  firstUrl: string | null;
  placement: TabPlacement;
  symbol: string;
  color: string;
  /** how often it was (re)loaded or led elsewhere */
  load: number;
  framing: Framing;
}

/** The tabs of an agent's window, whether a window is open or not. */
export interface TabModel {
  /** in the order in which they came */
  tabs: readonly Tab[];
  /** key, in the main strip */
  selected: string;
  /** key, in the dock */
  front: string | null;
  /** key, of those that float */
  raised: string | null;
  /** key of the one that has the keyboard */
  focused: string | null;
  /** of the tab that was opened last: its key is made of it */
  lastNumber: number;
}

export type TabAction =
  | { type: 'configured'; tabs: readonly ConfiguredTab[] }
  | { type: 'opened'; name: string; url: string; placement: TabPlacement; select: boolean }
  | { type: 'closed'; key: string }
  | { type: 'selected'; key: string }
  | { type: 'focused'; key: string | null }
  | { type: 'symbol'; key: string; symbol: string; color: string }
  | { type: 'reloaded'; key: string }
  | { type: 'navigated'; key: string; url: string }
  | { type: 'framing'; key: string; url: string; framing: Framing };

const work: Tab = {
  key: 'work',
  kind: 'work',
  name: 'Work',
  url: null,
  firstUrl: null,
  placement: 'main',
  symbol: '',
  color: '',
  load: 0,
  framing: 'allowed',
};

export const noTabs: TabModel = {
  tabs: [work],
  selected: work.key,
  front: null,
  raised: null,
  focused: null,
  lastNumber: 0,
};

/** More action tabs than anybody goes back to: the oldest that is not shown goes. */
const actionTabsKept = 10;

const webTab = (number: number, tab: Pick<Tab, 'kind' | 'name' | 'placement'>, url: string): Tab => ({
  ...work,
  ...tab,
  key: `tab-${number}`,
  url,
  firstUrl: url,
  framing: 'unknown',
});

/** What is selected, in front and focused is there; where it is not, the next best is. */
const settled = (model: TabModel): TabModel => {
  const of = (placement: TabPlacement) => model.tabs.filter(each => each.placement === placement);
  const isIn = (key: string | null, list: readonly Tab[]) => list.some(each => each.key === key);
  const last = (list: readonly Tab[]) => list.at(-1)?.key ?? null;
  const [main, docked, floating] = [of('main'), of('docked'), of('floating')];
  return {
    ...model,
    selected: isIn(model.selected, main) ? model.selected : work.key,
    front: isIn(model.front, docked) ? model.front : (docked[0]?.key ?? null),
    raised: isIn(model.raised, floating) ? model.raised : last(floating),
    focused: isIn(model.focused, model.tabs) ? model.focused : null,
  };
};

/** Tabs that are configured as before stay as they are, with what is in them. */
const configured = (model: TabModel, wanted: readonly ConfiguredTab[]): TabModel => {
  const before = model.tabs.filter(each => each.kind !== 'work' && each.kind !== 'action');
  let { lastNumber } = model;
  const tabs = wanted.map(({ url, ...tab }) => {
    const index = before.findIndex(
      each => each.kind === tab.kind && each.name === tab.name && each.firstUrl === url,
    );
    const [known] = index < 0 ? [] : before.splice(index, 1);
    if (known) return { ...known, placement: tab.placement };
    lastNumber += 1;
    return webTab(lastNumber, tab, url);
  });
  const actions = model.tabs.filter(each => each.kind === 'action');
  return settled({ ...model, tabs: [work, ...tabs, ...actions], lastNumber });
};

const opened = (model: TabModel, action: Extract<TabAction, { type: 'opened' }>): TabModel => {
  const number = model.lastNumber + 1;
  const tab = webTab(number, { kind: 'action', name: action.name, placement: action.placement }, action.url);
  const shown = [model.selected, model.front, model.raised];
  const old = model.tabs.filter(each => each.kind === 'action' && !shown.includes(each.key));
  const surplus = old.slice(0, Math.max(0, old.length + 1 - actionTabsKept)).map(each => each.key);
  const tabs = [...model.tabs.filter(each => !surplus.includes(each.key)), tab];
  const next = { ...model, tabs, lastNumber: number };
  return settled(action.select ? shownIn(next, tab) : next);
};

const shownIn = (model: TabModel, { key, placement }: Tab): TabModel => {
  switch (placement) {
    case 'main':
      return { ...model, selected: key };
    case 'docked':
      return { ...model, front: key };
    case 'floating':
      return { ...model, raised: key };
  }
};

const changed = (model: TabModel, key: string, change: (tab: Tab) => Partial<Tab>): TabModel => ({
  ...model,
  tabs: model.tabs.map(each => (each.key === key && each.url !== null ? { ...each, ...change(each) } : each)),
});

export const reduceTabs = (model: TabModel, action: TabAction): TabModel => {
  switch (action.type) {
    case 'configured':
      return configured(model, action.tabs);
    case 'opened':
      return opened(model, action);
    case 'closed':
      return settled({
        ...model,
        tabs: model.tabs.filter(each => each.key !== action.key || each.kind !== 'action'),
      });
    case 'selected': {
      const tab = model.tabs.find(each => each.key === action.key);
      return tab ? shownIn(model, tab) : model;
    }
    case 'focused':
      return settled({ ...model, focused: action.key });
    case 'symbol':
      return changed(model, action.key, () => ({ symbol: action.symbol, color: action.color }));
    case 'reloaded':
      return changed(model, action.key, tab => ({ load: tab.load + 1, framing: 'unknown' }));
    case 'navigated':
      return changed(model, action.key, tab => ({
        url: action.url,
        load: tab.load + 1,
        framing: 'unknown',
      }));
    case 'framing':
      return changed(model, action.key, tab => (tab.url === action.url ? { framing: action.framing } : {}));
  }
};

const places: readonly TabPlacement[] = ['main', 'docked', 'floating'];

/** By their index: those of the main strip, and after them those beside and over it. */
export const tabsInOrder = ({ tabs }: TabModel): Tab[] =>
  places.flatMap(place => tabs.filter(each => each.placement === place));

/** As the documented interface has it; null for what is no web tab. */
export const documentedTab = (model: TabModel, key: string): ITab | null => {
  const all = tabsInOrder(model);
  const index = all.findIndex(each => each.key === key);
  const tab = all[index];
  if (!tab || tab.url === null) return null;
  return {
    Index: index,
    Name: tab.name,
    Symbol: tab.symbol,
    Selected: tab.placement === 'main' && model.selected === key,
    InDockBar: tab.placement !== 'main',
    Focused: model.focused === key,
  };
};
