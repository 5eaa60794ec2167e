import type { RuntimeFile } from '@cordboard/contract';
import type { RuntimePlaces } from '@cordboard/sdk';
import { removeRuntimeFile, writeRuntimeFile } from './single-instance.ts';

/** Keeps the runtime file telling the truth, and writes it only when that changes. */
export interface RuntimeStatus {
  set(ready: boolean, problem: string | null): void;
  remove(): void;
}

export const createRuntimeStatus = (
  places: RuntimePlaces,
  fixed: Pick<RuntimeFile, 'pid' | 'endpoint' | 'release' | 'startedAt'>,
): RuntimeStatus => {
  let written = '';
  let removed = false;
  return {
    set(ready, problem) {
      const content: RuntimeFile = { ...fixed, ready, ...(problem !== null && { problem }) };
      const text = JSON.stringify(content);
      if (removed || text === written) return;
      written = text;
      writeRuntimeFile(places, content);
    },
    remove() {
      removed = true;
      removeRuntimeFile(places);
    },
  };
};
