import { useSyncExternalStore } from 'react';

/** Something that changes, and who wants to know. */
export interface Value<Content> {
  get(): Content;
  set(next: Content): void;
  subscribe(changed: () => void): () => void;
}

export const createValue = <Content>(initial: Content): Value<Content> => {
  let content = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => content,
    set(next) {
      if (Object.is(next, content)) return;
      content = next;
      for (const changed of listeners) changed();
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
};

export const useValue = <Content>(value: Pick<Value<Content>, 'get' | 'subscribe'>): Content =>
  useSyncExternalStore(value.subscribe, value.get);
