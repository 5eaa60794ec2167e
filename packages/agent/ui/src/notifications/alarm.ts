import { type ICall, SessionState } from '@cordboard/contract';

/**
 * What should be heard now. It follows from the calls alone, so every window falls silent as soon as one of them, a program
 * or the phone has answered.
 */
export type Alarm = { type: 'silent' } | { type: 'ring'; call: ICall } | { type: 'beep'; call: ICall };

const talking: readonly number[] = [SessionState.Connected, SessionState.Conference];

export const alarmOf = (calls: readonly ICall[]): Alarm => {
  const call = calls.find(each => each.State === SessionState.Offered);
  if (!call) return { type: 'silent' };
  return calls.some(each => talking.includes(each.State)) ? { type: 'beep', call } : { type: 'ring', call };
};

/** Who rings, for one line. */
export const callerOf = (call: ICall, unknown: string): string =>
  call.CallerName || call.PhoneNumber || unknown;
