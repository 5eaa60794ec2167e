import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '@cordboard/contract';
import { errorText, type Logger } from '../logging/logger.ts';
import type { RecordingStore } from './recordings.ts';

export interface RetentionOptions {
  store: Pick<RecordingStore, 'olderThan' | 'markDeleted'>;
  /** of the recordings */
  folder: string;
  /** as configured now; 0 = kept */
  days: () => number;
  clock: Clock;
  logger: Logger;
}

const everyMilliseconds = 3_600_000;
const atOnce = 200;

/** Deletes recordings that are too old, at the start and each hour. The rows stay, marked, with a row in the audit. */
export function startRetention(options: RetentionOptions): { close(): Promise<void> } {
  const { clock, logger } = options;
  let closed = false;
  let timer = clock.after(0, run);
  let running: Promise<void> = Promise.resolve();

  function run(): void {
    running = sweep(options, () => closed)
      .catch(thrown => logger.warning('old recordings were not deleted', { reason: errorText(thrown) }))
      .then(() => {
        if (!closed) timer = clock.after(everyMilliseconds, run);
      });
  }

  return {
    async close() {
      closed = true;
      timer.cancel();
      await running;
    },
  };
}

async function sweep(options: RetentionOptions, stopped: () => boolean): Promise<void> {
  const { store, folder, days, logger } = options;
  const limit = days();
  if (limit === 0) return;
  let deleted = 0;
  while (!stopped()) {
    const old = await store.olderThan(limit, atOnce);
    for (const recording of old) {
      // gone already is as good
      await rm(path.join(folder, path.basename(recording.file)), { force: true });
      await store.markDeleted(recording, `older than ${limit} days`);
      deleted += 1;
    }
    if (old.length < atOnce) break;
  }
  if (deleted > 0) logger.info('old recordings were deleted', { deleted, days: limit });
}
