import type { RuntimeFile } from '@cordboard/contract';
import type { ApplicationAccess } from './application-access.ts';

/**
 * Watches for the Agent application from outside, connected or not:
 *
 *            there, and ready               gone, or another run of it
 *   absent ────────────────────► ready ───────────────────────────────► absent
 *                                  │ not ready any more (logged off)
 *                                  └──────────────► unready ── ready ──► ready
 */
export interface Availability {
  start(): void;
  /** Looks now: somebody knows better than to wait for the watch. */
  look(): Promise<void>;
  close(): void;
}

type Seen = { type: 'absent' } | { type: 'present'; startedAt: string; ready: boolean };

export const createAvailability = (
  access: ApplicationAccess,
  /** a client that is connected hears its connection end, after the last event on it; the watch must not be faster */
  connected: () => boolean,
  onReady: () => void,
  onClosed: () => void,
): Availability => {
  let seen: Seen = { type: 'absent' };
  let stop: (() => void) | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let closed = false;

  const compare = (found: RuntimeFile | null) => {
    if (seen.type === 'present' && found?.startedAt !== seen.startedAt) {
      seen = { type: 'absent' };
      onClosed();
    }
    if (!found) return;
    const wasReady = seen.type === 'present' && seen.ready;
    seen = { type: 'present', startedAt: found.startedAt, ready: found.ready };
    if (found.ready && !wasReady) onReady();
  };

  const lookOnce = async (): Promise<void> => {
    do {
      lookAgain = false;
      const found = await access.find();
      if (!closed) compare(found);
    } while (lookAgain && !closed);
  };

  const look = (): Promise<void> => {
    if (looking) {
      lookAgain = true;
      return looking;
    }
    looking = lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  };

  return {
    look,
    start() {
      if (stop || closed) return;
      stop = access.watch(() => {
        if (!connected()) void look();
      });
      void look();
    },
    close() {
      closed = true;
      stop?.();
    },
  };
};
