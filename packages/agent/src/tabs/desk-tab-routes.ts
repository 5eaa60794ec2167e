import {
  accepted,
  type ConnectedPage,
  checkOf,
  type DeskTabs,
  deskTabMethods,
  FocusRequest,
  RevokePageRequest,
  type Route,
  refused,
  TabRequest,
} from '@cordboard/contract';
import type { TabAction } from './tab-model.ts';

export interface DeskTabServices {
  state(): DeskTabs;
  dispatch(action: TabAction): void;
  listPages(): ConnectedPage[];
  /** False: there is no such page (any more). */
  revokePage(number: number): boolean;
}

const anything = (): null => null;
const checkTab = checkOf(TabRequest);

/** What the window asks about tabs, and says that the agent has done with them. */
export const deskTabRoutes = (services: DeskTabServices): ReadonlyMap<string, Route> => {
  const doing = (type: 'selected' | 'closed' | 'reloaded'): Route => ({
    check: checkTab,
    run({ key }: TabRequest) {
      services.dispatch({ type, key });
      return accepted(true);
    },
  });
  return new Map<string, Route>([
    [deskTabMethods.getTabs, { check: anything, run: () => accepted(services.state()) }],
    [deskTabMethods.selectTab, doing('selected')],
    [deskTabMethods.closeTab, doing('closed')],
    [deskTabMethods.reloadTab, doing('reloaded')],
    [
      deskTabMethods.focusTab,
      {
        check: checkOf(FocusRequest),
        run({ key }: FocusRequest) {
          services.dispatch({ type: 'focused', key });
          return accepted(true);
        },
      },
    ],
    [deskTabMethods.listPages, { check: anything, run: () => accepted(services.listPages()) }],
    [
      deskTabMethods.revokePage,
      {
        check: checkOf(RevokePageRequest),
        run: ({ number }: RevokePageRequest) =>
          services.revokePage(number) ? accepted(true) : refused('invalidValue', 'no such page'),
      },
    ],
  ]);
};
