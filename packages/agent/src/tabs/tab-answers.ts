import {
  type Answer,
  accepted,
  type MethodName,
  type NamedArgumentsOf,
  refused,
  type WorkspaceMethodName,
} from '@cordboard/contract';
import { isHtmlColor } from './colors.ts';
import { documentedTab, type Tab, type TabAction, type TabModel, tabsInOrder } from './tab-model.ts';

/** http or https, without a name and password in it. */
export const isWebUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
};

type TabMethod = Exclude<WorkspaceMethodName, 'sendEmail' | 'sendAttendantEmail' | 'sendSMS'>;
type TabAnswers = {
  [Name in TabMethod]: (parameters: NamedArgumentsOf<Name>, ownTab: string | null) => Answer;
};

/** `ownTab`: key of the tab of the page that asks; null for a program. */
export type AnswerTabs = (method: MethodName, parameters: object, ownTab: string | null) => Answer;

/** The methods of "Tab control": they are about web tabs only. */
export const tabAnswers = (get: () => TabModel, dispatch: (action: TabAction) => void): AnswerTabs => {
  const at = (index: number, act: (tab: Tab) => TabAction | null): Answer => {
    const tab = tabsInOrder(get())[index];
    if (!tab || tab.url === null) return refused('invalidValue', 'there is no web tab with this index');
    const action = act(tab);
    if (!action) return refused('invalidValue');
    dispatch(action);
    return accepted(true);
  };
  const all = () =>
    tabsInOrder(get()).flatMap(({ key }) => {
      const tab = documentedTab(get(), key);
      return tab ? [tab] : [];
    });
  const answers: TabAnswers = {
    setTabHeaderSymbol: ({ tabIndex, symbol, htmlColor }) =>
      at(tabIndex, ({ key }) =>
        symbol === '' || isHtmlColor(htmlColor)
          ? { type: 'symbol', key, symbol, color: symbol === '' ? '' : htmlColor }
          : null,
      ),
    selectTab: ({ tabIndex }) => at(tabIndex, ({ key }) => ({ type: 'selected', key })),
    getAllTabs: () => accepted(all()),
    getTabByName: ({ name }) => accepted(all().find(each => each.Name === name) ?? null),
    getTab: (_, ownTab) =>
      ownTab === null
        ? refused('notAvailable', 'only a page is in a tab')
        : accepted(documentedTab(get(), ownTab)),
    tabReload: ({ tabIndex }) => at(tabIndex, ({ key }) => ({ type: 'reloaded', key })),
    tabNavigate: ({ tabIndex, url }) =>
      at(tabIndex, ({ key }) => (isWebUrl(url) ? { type: 'navigated', key, url: new URL(url).href } : null)),
  };
  return (method, parameters, ownTab) =>
    Object.hasOwn(answers, method)
      ? answers[method as TabMethod](parameters as never, ownTab)
      : refused('notAvailable', 'the window has no such form yet');
};

/** What is answered with more than `notAvailable`. */
export const implementedTabMethods: readonly WorkspaceMethodName[] = [
  'setTabHeaderSymbol',
  'selectTab',
  'getAllTabs',
  'getTabByName',
  'getTab',
  'tabReload',
  'tabNavigate',
] satisfies TabMethod[];
