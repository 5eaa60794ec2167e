import type { DeskTab } from '@cordboard/contract';
import type { Desk } from '../connection/open-window.ts';
import { createPageRelay } from './page-relay.ts';

/** How often it is looked whether a window is still there: browsers do not tell. */
const lookEvery = 1_000;

/** Shows a tab's page in a window of its own, connected as in the tab. */
export const openInWindow = (desk: Desk, { key, url }: DeskTab): void => {
  const opened = url === null ? null : window.open(url, `cordboard-${key}`, 'popup,width=1000,height=800');
  if (!opened) return;
  const relay = createPageRelay({
    page: () => opened,
    greeted: window,
    tab: key,
    origins: () => desk.tabs.get().origins,
    openSocket: desk.openSocket,
  });
  const timer = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(timer);
    relay.close();
  }, lookEvery);
};
