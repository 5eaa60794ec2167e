import { type Action, initialState, reduce, type WindowState } from './window-state.ts';

/** Holds the state and tells who subscribes when it is another. */
export interface Store {
  get(): WindowState;
  dispatch(action: Action): void;
  subscribe(changed: () => void): () => void;
}

/** What comes together is shown together: of a hundred events a second each frame shows the last. */
export const createStore = (schedule: (act: () => void) => void): Store => {
  let state = initialState;
  let scheduled = false;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      if (scheduled) return;
      scheduled = true;
      schedule(() => {
        scheduled = false;
        for (const changed of listeners) changed();
      });
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
};
