import { setTimeout as sleep } from 'node:timers/promises';
import type { TrunkFigures } from '@cordboard/switch';

/** A trunk as the health page shows it. No account and no password is among what the switch tells of it. */
export interface TrunkHealth {
  name: string;
  up: boolean;
  state: TrunkFigures['state'];
  /** when this state began; null where the call manager does not say */
  since: string | null;
  /** calls by it now, those that still ring included */
  calls: number;
  /** why it is down; '' while it is up */
  reason: string;
}

export function trunkHealth(trunk: TrunkFigures): TrunkHealth {
  const { name, up, state, since, calls } = trunk;
  return {
    name,
    up,
    state,
    // A switch outlives its server, and one of an earlier release does not tell these two.
    since: Number.isFinite(since) ? new Date(since).toISOString() : null,
    calls: Number.isFinite(calls) ? calls : 0,
    reason: up ? '' : reasonOf(trunk),
  };
}

const problems: Record<NonNullable<TrunkFigures['problem']>, string> = {
  refused: 'it takes no connections',
  timeout: 'no connection to it came up in time',
  handshakeFailed: 'it speaks no TLS that may be spoken (1.2 or later)',
  untrusted: 'its certificate is of no authority that is trusted',
  expired: 'its certificate is not valid now',
  wrongName: 'its certificate is somebody else’s: it has not the name of the trunk',
};

function reasonOf({ state, status, problem }: TrunkFigures): string {
  switch (state) {
    case 'registrationFailed':
      return status === undefined
        ? 'the registrar does not answer'
        : `the registrar refuses with ${status}${status === 401 || status === 407 ? ', the password is wrong' : ''}`;
    case 'registering':
      return 'its registration is not answered yet';
    case 'silent':
      return 'it does not answer OPTIONS';
    case 'connecting':
      return 'its connection is being opened';
    case 'notConnected':
      return problem === undefined ? 'there is no connection to it' : problems[problem];
    case 'unresolved':
      return 'its host name cannot be looked up';
    case 'ready':
    case 'registered':
      return '';
  }
}

/** The health page answers, whatever the call manager does. */
const patience = 1_000;

/** The trunks as they are now; null where nobody says so in time. */
export async function trunksNow(
  ask: () => Promise<{ trunks: readonly TrunkHealth[] } | null>,
): Promise<readonly TrunkHealth[] | null> {
  const none = new AbortController();
  const late = sleep(patience, null, { ref: false, signal: none.signal }).catch(() => null);
  const told = await Promise.race([ask().catch(() => null), late]);
  none.abort();
  return told?.trunks ?? null;
}
