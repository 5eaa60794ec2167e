import { type ICall, SessionState } from '@cordboard/contract';

const S = SessionState;

/**
 * What the interface promises about the states of a call, written down a second time and apart from the core, so that a
 * mistake there is not repeated here.
 *
 *   incoming  new -> Offered -> Connected | Idle
 *   outgoing  new -> Dialing -> Calling | Connected | Failed | Clearing, Calling -> Connected | Failed | Clearing
 *   talking   Connected <-> Held | OnHold, Connected | Held -> Conference, Conference -> Connected | Held
 *   end       any talking state -> Clearing -> Clerical | Idle, Clerical -> Idle; any -> ForceClearing -> Idle
 */
const next: Readonly<Record<number, readonly number[]>> = {
  [S.Failed]: [S.Clearing, S.Conference],
  [S.Dialing]: [S.Calling, S.Connected, S.Failed, S.Clearing],
  [S.Offered]: [S.Connected, S.Idle],
  [S.Calling]: [S.Connected, S.Failed, S.Clearing],
  [S.Connected]: [S.Held, S.OnHold, S.Conference, S.Clearing],
  [S.Held]: [S.Connected, S.Conference, S.Clearing],
  [S.OnHold]: [S.Connected, S.Held, S.Conference, S.Clearing],
  [S.Conference]: [S.Connected, S.Held, S.Clearing],
  [S.Clearing]: [S.Clerical, S.Idle],
  [S.Clerical]: [S.Idle],
  [S.ForceClearing]: [S.Idle],
  [S.Idle]: [],
};

/** `before` null: the call's first event. */
export const isPermittedStep = (before: number | null, after: number): boolean => {
  if (before === null) return after === S.Offered || after === S.Dialing;
  if (before === S.Undefined || after === S.Undefined) return true;
  if (after === S.ForceClearing) return before !== S.Idle;
  // the same state again: another attribute changed
  return (before === after && before !== S.Idle) || (next[before] ?? []).includes(after);
};

export const hasSpeech = (state: number): boolean => state === S.Connected || state === S.Conference;
/** The leg that *active* in the interface speaks of. */
export const isActive = (state: number): boolean =>
  hasSpeech(state) || state === S.Calling || state === S.Dialing;
export const isOver = (state: number): boolean =>
  state === S.Clearing || state === S.Clerical || state === S.Idle || state === S.ForceClearing;

type Flag = 'CanAnswer' | 'CanDeflect' | 'CanHangup' | 'CanHold' | 'CanRetrieve' | 'CanReject';
const flags: readonly Flag[] = [
  'CanAnswer',
  'CanDeflect',
  'CanHangup',
  'CanHold',
  'CanRetrieve',
  'CanReject',
];

const permitted: Readonly<Record<number, readonly Flag[]>> = {
  [S.Failed]: ['CanHangup'],
  [S.Dialing]: ['CanHangup'],
  [S.Calling]: ['CanHangup'],
  [S.Offered]: ['CanAnswer', 'CanDeflect', 'CanReject'],
  [S.Connected]: ['CanDeflect', 'CanHangup', 'CanHold'],
  [S.Held]: ['CanHangup', 'CanRetrieve'],
  [S.OnHold]: ['CanHangup'],
  [S.Conference]: ['CanHangup', 'CanHold'],
};

/** Flags that are set in a state in which nothing of the kind can be done. */
export const flagsOutOfPlace = (call: ICall): Flag[] =>
  flags.filter(flag => call[flag] && !(permitted[call.State] ?? []).includes(flag));
