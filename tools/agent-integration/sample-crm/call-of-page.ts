import type { ICall } from '@cordboard/contract';

/** The sessions of the agent, as the page was told of them. */
export type Calls = ReadonlyMap<number, ICall>;

const ended = 1;

export const withCall = (calls: Calls, call: ICall): Calls => {
  const next = new Map(calls);
  if (call.State === ended) next.delete(call.ID);
  else next.set(call.ID, call);
  return next;
};

/** Ringing first, then who is spoken with, then who is held, then what is wrapped up. */
const urgency = (call: ICall): number => {
  if (call.CanAnswer) return 0;
  if (call.CanHold) return 1;
  if (call.CanHangup) return 2;
  return call.CanRetrieve ? 3 : 4;
};

/** The call that the page is about: the most urgent one, of several such the newest. */
export const callOfPage = (calls: Calls): ICall | null =>
  [...calls.values()].sort((one, other) => urgency(one) - urgency(other) || other.ID - one.ID)[0] ?? null;

/** Whom the call is with: the number that was called from, or that was called. */
export const numberOf = (call: ICall): string =>
  call.PhoneNumber !== '' ? call.PhoneNumber : call.CallInfo.CallingNumber;

export type CallAction = 'answerCall' | 'holdActiveCall' | 'retrieveCall' | 'hangupCall' | 'cancelClerical';

/** What can be done with the call now: what its flags allow, nothing of our own. */
export const actionsOf = (call: ICall): { action: CallAction; text: string }[] => {
  const clerical = 99;
  const all: [boolean, CallAction, string][] = [
    [call.CanAnswer, 'answerCall', 'Answer'],
    [call.CanHold, 'holdActiveCall', 'Hold'],
    [call.CanRetrieve, 'retrieveCall', 'Retrieve'],
    [call.CanHangup, 'hangupCall', 'Hang up'],
    [call.State === clerical, 'cancelClerical', 'Wrapped up'],
  ];
  return all.flatMap(([can, action, text]) => (can ? [{ action, text }] : []));
};
