import { useEffect } from 'react';
import type { Desk } from '../connection/open-window.ts';
import { type CallActionName, callActions } from '../state/call-actions.ts';
import { callInFocus } from '../state/window-state.ts';
import { useDesk } from './context.ts';

/** Keys of call control, pressed alone and outside of fields. */
export const callKeys: Partial<Record<CallActionName, string>> = {
  answer: 'a',
  reject: 'j',
  hold: 'h',
  retrieve: 'h',
  transfer: 't',
  conference: 'c',
  park: 'p',
  hangUp: 'e',
  cancelClerical: 'w',
  extendClerical: 'x',
};

export const otherKeys = { dial: 'd', ready: 'r', help: '?' } as const;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input:not([type=radio]), textarea, select') !== null;

const isShortcut = (event: KeyboardEvent): boolean =>
  !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || isField(event.target));

/** What the site does not allow now does nothing. */
const press = (desk: Desk, key: string): void => {
  const state = desk.store.get();
  const { agent, status } = state;
  if (!agent) return;
  if (key === otherKeys.ready) desk.ask(client => client.setReadyStatus(!agent.user.ReadyStatus));
  const call = callInFocus(state);
  if (!call) return;
  const actions = callActions(call, agent.abilities, status?.privileges ?? []);
  const action = actions.find(each => callKeys[each.name] === key);
  if (action) desk.ask(client => action.run(client, call, ''));
};

/** Listens for the shortcuts of the page and of call control. */
export const useShortcuts = ({ help, dial }: { help(): void; dial(): void }): void => {
  const desk = useDesk();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      if (event.key === otherKeys.help) return help();
      if (event.key !== otherKeys.dial) return press(desk, event.key);
      event.preventDefault();
      dial();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [desk, help, dial]);
};
