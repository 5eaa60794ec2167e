import type { RuntimeFile } from '@cordboard/contract';
import type { ApplicationAccess } from './application-access.ts';

/**
 * Watches for the Agent application from outside, connected or not:
 *
 *            there, and ready               gone, or another run of it
 *   absent ────────────────────► ready ───────────────────────────────► absent
 *                                  │ not ready any more (logged off)
 *                                  └──────────────► unready ── ready ──► ready
 *
 * and for logons, each of which a client hears of once: here, or over its connection while it has one.
 */
export interface Availability {
  start(): void;
  /** Looks now: somebody knows better than to wait for the watch. */
  look(): Promise<void>;
  /** The client is connected to this application: a logon since it looked last is told before any event that comes there. */
  connected(application: RuntimeFile): void;
  /** The logon of now was told over the connection. */
  toldOfLogin(): void;
  close(): void;
}

export interface AvailabilityEvents {
  onReady(): void;
  onClosed(): void;
  onLogin(): void;
}

type Seen = { type: 'absent' } | { type: 'present'; startedAt: string; ready: boolean };

/** `unseen`: whatever logon there is now is older than this client, or told to it. */
type Login = { type: 'unseen' } | { type: 'seen'; at: string | undefined };

export const createAvailability = (
  access: ApplicationAccess,
  /** a client that is connected hears its connection end, after the last event on it; the watch must not be faster */
  isConnected: () => boolean,
  { onReady, onClosed, onLogin }: AvailabilityEvents,
): Availability => {
  let seen: Seen = { type: 'absent' };
  let login: Login = { type: 'unseen' };
  let stop: (() => void) | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let closed = false;
  /** how often the connection told something */
  let learned = 0;

  const compare = (found: RuntimeFile | null) => {
    if (seen.type === 'present' && found?.startedAt !== seen.startedAt) {
      seen = { type: 'absent' };
      // whoever is logged on in another run was logged on since
      login = { type: 'seen', at: undefined };
      onClosed();
    }
    compareLogin(found);
    if (!found) return;
    const wasReady = seen.type === 'present' && seen.ready;
    seen = { type: 'present', startedAt: found.startedAt, ready: found.ready };
    if (found.ready && !wasReady) onReady();
  };

  const compareLogin = (found: RuntimeFile | null) => {
    const before = login;
    login = { type: 'seen', at: found?.loggedOnAt };
    if (before.type === 'seen' && found?.loggedOnAt !== undefined && found.loggedOnAt !== before.at)
      onLogin();
  };

  const lookOnce = async (): Promise<void> => {
    do {
      lookAgain = false;
      const knownBefore = learned;
      const found = await access.find();
      // what was read may be older than what the connection told meanwhile
      if (!closed && learned === knownBefore) compare(found);
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
    connected(application) {
      learned += 1;
      seen = { type: 'present', startedAt: application.startedAt, ready: true };
      compareLogin(application);
    },
    toldOfLogin() {
      learned += 1;
      login = { type: 'unseen' };
    },
    start() {
      if (stop || closed) return;
      stop = access.watch(() => {
        if (!isConnected()) void look();
      });
      void look();
    },
    close() {
      closed = true;
      stop?.();
    },
  };
};
