import type { ConfiguredTab } from '@cordboard/contract';
import { expect, test } from 'vitest';
import {
  documentedTab,
  noTabs,
  reduceTabs,
  type TabAction,
  type TabModel,
  tabsInOrder,
} from './tab-model.ts';

const web = (
  name: string,
  placement: ConfiguredTab['placement'] = 'main',
  url = `https://${name}.example/`,
) => ({ kind: 'default', name, url, placement }) as const;
const after = (...actions: TabAction[]): TabModel => actions.reduce(reduceTabs, noTabs);
const keyOf = (model: TabModel, name: string) => model.tabs.find(each => each.name === name)?.key ?? '';
const three: TabAction = { type: 'configured', tabs: [web('dock', 'docked'), web('a'), web('b')] };
const action = (name: string, select = false): TabAction => ({
  type: 'opened',
  name,
  url: 'https://crm.example/',
  placement: 'main',
  select,
});

test('TAB-50 the index counts all tabs: Work, those of the main strip, then those in the dock and those that float', () => {
  const model = after({
    type: 'configured',
    tabs: [web('float', 'floating'), web('dock', 'docked'), web('a'), web('b')],
  });
  expect(tabsInOrder(model).map(each => each.name)).toEqual(['Work', 'a', 'b', 'dock', 'float']);
  expect(documentedTab(model, keyOf(model, 'b'))).toEqual({
    ...{ Index: 2, Name: 'b', Symbol: '', Selected: false, InDockBar: false, Focused: false },
  });
  expect(documentedTab(model, keyOf(model, 'float'))).toMatchObject({ Index: 4, InDockBar: true });
  expect(documentedTab(model, 'work'), 'it is no web tab').toBeNull();
});

test('TAB-51 selected is the one of the main strip that is shown; one of the dock comes to the front and is never selected', () => {
  const model = after(three);
  const selected = reduceTabs(model, { type: 'selected', key: keyOf(model, 'b') });
  expect([model.selected, selected.selected, model.front]).toEqual([
    'work',
    keyOf(model, 'b'),
    keyOf(model, 'dock'),
  ]);
  const front = reduceTabs(selected, { type: 'selected', key: keyOf(model, 'dock') });
  expect(front.selected).toBe(keyOf(model, 'b'));
  expect(documentedTab(front, keyOf(model, 'dock'))).toMatchObject({ Selected: false });
});

test('TAB-52 another configuration leaves the tabs that are as before alone, with their symbols and where they were led', () => {
  const model = after(three);
  const a = keyOf(model, 'a');
  const led = [
    { type: 'symbol', key: a, symbol: '3', color: 'red' },
    { type: 'navigated', key: a, url: 'https://a.example/elsewhere' },
    { type: 'selected', key: a },
    { type: 'configured', tabs: [web('a', 'main'), web('new')] },
  ] satisfies TabAction[];
  const next = led.reduce(reduceTabs, model);
  expect(next.tabs.map(each => each.name)).toEqual(['Work', 'a', 'new']);
  expect(next.tabs[1]).toMatchObject({ key: a, symbol: '3', url: 'https://a.example/elsewhere', load: 1 });
  expect([next.selected, next.front]).toEqual([a, null]);
  const gone = reduceTabs(next, { type: 'configured', tabs: [web('new')] });
  expect(gone.selected, 'the shown tab is gone').toBe('work');
  expect(
    reduceTabs(gone, { type: 'configured', tabs: [web('new', 'main', 'https://other.example/')] }).tabs,
  ).toHaveLength(2);
});

test('TAB-53 an action tab opens, comes to the front when it is to, and can be closed; no other can', () => {
  const model = after(three, action('Customer', true));
  expect(model.selected).toBe(keyOf(model, 'Customer'));
  const closed = reduceTabs(model, { type: 'closed', key: model.selected });
  expect([closed.selected, closed.tabs.length]).toEqual(['work', 4]);
  expect(reduceTabs(closed, { type: 'closed', key: keyOf(closed, 'a') }).tabs).toHaveLength(4);
});

test('TAB-53 of more than ten action tabs the oldest that is not shown goes', () => {
  const shown = after(action('first', true));
  const many = Array.from({ length: 30 }, (_, index) => action(`${index}`)).reduce(reduceTabs, shown);
  const names = many.tabs.map(each => each.name);
  expect(names.slice(0, 2)).toEqual(['Work', 'first']);
  expect(names.at(-1)).toBe('29');
  expect(names).toHaveLength(12);
});

test('a reload and a new URL load the page again; what a server said of framing another URL counts no more', () => {
  const model = after(three);
  const key = keyOf(model, 'a');
  const forbidden = reduceTabs(model, {
    type: 'framing',
    key,
    url: 'https://a.example/',
    framing: 'forbidden',
  });
  expect(forbidden.tabs.find(each => each.key === key)?.framing).toBe('forbidden');
  const led = reduceTabs(forbidden, { type: 'navigated', key, url: 'https://c.example/' });
  const late = reduceTabs(led, { type: 'framing', key, url: 'https://a.example/', framing: 'forbidden' });
  expect(late.tabs.find(each => each.key === key)).toMatchObject({ framing: 'unknown', load: 1 });
});

test('the tab with the keyboard is focused, until it is gone', () => {
  const model = after(three, action('Customer'));
  const focused = reduceTabs(model, { type: 'focused', key: keyOf(model, 'Customer') });
  expect(documentedTab(focused, keyOf(model, 'Customer'))?.Focused).toBe(true);
  expect(reduceTabs(focused, { type: 'closed', key: keyOf(model, 'Customer') }).focused).toBeNull();
});
