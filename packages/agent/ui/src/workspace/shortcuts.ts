import type { ICall } from '@cordboard/contract';
import { useEffect } from 'react';
import type { Desk } from '../connection/open-window.ts';
import { type CallAction, callActions } from '../state/call-actions.ts';
import type { PageActionName } from '../state/shortcuts.ts';
import { callInFocus, type WindowState } from '../state/window-state.ts';
import { useDesk } from './context.ts';

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [data-takes-keys]') !==
      null);

/** Pressed alone or with Shift, once, and not typed into a field. */
export const isShortcut = (event: KeyboardEvent): boolean =>
  !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || isField(event.target));

/** The action of a session that the key stands for; null = the site allows none now. */
const actionFor = (state: WindowState, key: string): { call: ICall; action: CallAction } | null => {
  const { agent, shortcuts, status } = state;
  const inFocus = callInFocus(state);
  if (!agent || !inFocus) return null;
  const { calls, abilities } = agent;
  const allowance = { calls, abilities, privileges: status?.privileges ?? [] };
  // the session in focus first; one that rings is answered and rejected wherever it stands
  for (const call of [inFocus, ...calls.filter(each => each.ID !== inFocus.ID)]) {
    const action = callActions(call, allowance).find(
      ({ name }) => shortcuts[name] === key && (call === inFocus || name === 'answer' || name === 'reject'),
    );
    if (action) return { call, action };
  }
  return null;
};

const pressOnCall = (desk: Desk, event: KeyboardEvent): void => {
  const found = actionFor(desk.store.get(), event.key);
  if (!found) return;
  const { call, action } = found;
  // or the key would be typed into the field that opens
  event.preventDefault();
  if (action.needs === null) desk.ask(client => action.run(client));
  else desk.store.dispatch({ type: 'asking', asking: { callId: call.ID, action: action.name } });
};

const focusOn = (selector: string): boolean => {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
};

const pageActions = (desk: Desk): Record<Exclude<PageActionName, 'help'>, () => void> => ({
  dial: () => focusOn('[data-place=dial]'),
  notes: () => focusOn('[data-place=notes]'),
  waiting: () => focusOn('[data-place=waiting]'),
  ready() {
    const ready = desk.store.get().agent?.user.ReadyStatus;
    desk.ask(client => client.setReadyStatus(ready !== true));
  },
  nextSession() {
    const state = desk.store.get();
    const calls = state.agent?.calls ?? [];
    const at = calls.findIndex(each => each.ID === callInFocus(state)?.ID);
    const next = calls[(at + 1) % calls.length];
    if (next) desk.store.dispatch({ type: 'chosen', callId: next.ID });
  },
  dismiss() {
    const [oldest] = desk.store.get().notices;
    if (oldest) desk.store.dispatch({ type: 'dismissed', number: oldest.number });
  },
  logOff: desk.logOff,
});

/** Listens for the keys of the page and of call control while the workspace is seen. */
export const useShortcuts = (): void => {
  const desk = useDesk();
  useEffect(() => {
    const actions = pageActions(desk);
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event) || document.querySelector('.workspace')?.closest('[hidden]')) return;
      const { shortcuts } = desk.store.get();
      for (const [name, act] of Object.entries(actions)) {
        if (shortcuts[name as PageActionName] !== event.key) continue;
        // or the key would be typed into the field that it goes to
        event.preventDefault();
        return act();
      }
      pressOnCall(desk, event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [desk]);
};
