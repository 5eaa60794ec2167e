import { SessionState } from '@cordboard/contract';

const { Failed, Undefined, Idle, Dialing, Offered, Calling, Connected } = SessionState;
const { Held, OnHold, Conference, Clearing, Clerical, ForceClearing } = SessionState;

/** What may follow what in the states of one session; `null` stands for its beginning. */
const following: ReadonlyMap<SessionState | null, readonly SessionState[]> = new Map([
  [null, [Offered, Dialing]],
  [Offered, [Connected, Idle]],
  [Dialing, [Calling, Failed, Clearing]],
  [Calling, [Connected, Failed, Clearing]],
  [Failed, [Clearing, Conference]],
  [Connected, [Held, OnHold, Conference, Clearing]],
  [Held, [Connected, Conference, Clearing]],
  // Held: a customer who comes back from the authentication while his agent speaks elsewhere
  [OnHold, [Connected, Held, Clearing]],
  [Conference, [Connected, Held, Clearing]],
  [Clearing, [Clerical, Idle]],
  [Clerical, [Idle]],
  [ForceClearing, [Idle]],
]);

/**
 * Whether a session may go from one state to another. Two published states may be the same (something else changed),
 * everything may follow Undefined, and all but Idle may be cleared by force.
 */
export function isLegalTransition(from: SessionState | null, to: SessionState): boolean {
  if (from === Idle) return false;
  if (from === to || from === Undefined) return true;
  if (from !== null && to === ForceClearing) return true;
  return following.get(from)?.includes(to) ?? false;
}
