import type { RuntimeFile } from '@cordboard/contract';
import type { Door } from './door.ts';

/** Keeps the runtime file telling the truth, and writes it only when that changes. */
export interface RuntimeStatus {
  set(now: Pick<RuntimeFile, 'ready' | 'problem' | 'loggedOnAt'>): void;
  remove(): void;
}

export const createRuntimeStatus = (
  door: Pick<Door, 'show' | 'hide'>,
  fixed: Pick<RuntimeFile, 'pid' | 'endpoint' | 'release' | 'startedAt' | 'window'>,
): RuntimeStatus => {
  let written = '';
  let removed = false;
  return {
    set(now) {
      const content: RuntimeFile = { ...fixed, ...now };
      const text = JSON.stringify(content);
      if (removed || text === written) return;
      written = text;
      door.show(content);
    },
    remove() {
      removed = true;
      door.hide();
    },
  };
};
