import { type Abilities, CallRecordingState, type ICall, SessionState } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';

/** What can be done with a call by a button. `number`: one must be given. */
export interface CallAction {
  name: CallActionName;
  needs?: 'number' | 'digits';
  run(client: AgentClient, call: ICall, given: string): Promise<boolean>;
}

export type CallActionName =
  | 'answer'
  | 'reject'
  | 'hold'
  | 'retrieve'
  | 'transfer'
  | 'conference'
  | 'deflect'
  | 'digits'
  | 'park'
  | 'record'
  | 'stopRecording'
  | 'intrude'
  | 'hangUp'
  | 'extendClerical'
  | 'cancelClerical';

interface Rule extends CallAction {
  /** as the site says: its flags, its abilities, the privileges it granted */
  allowed(call: ICall, abilities: Abilities, privileges: readonly string[]): boolean;
}

const talks = (call: ICall) =>
  call.State === SessionState.Connected || call.State === SessionState.Conference;

const rules: readonly Rule[] = [
  { name: 'answer', allowed: call => call.CanAnswer, run: (client, call) => client.answerCall(call.ID) },
  {
    name: 'reject',
    allowed: call => call.CanReject,
    run: (client, call) => client.rejectServiceCall(call.ID),
  },
  { name: 'hold', allowed: call => call.CanHold, run: client => client.holdActiveCall() },
  {
    name: 'retrieve',
    allowed: call => call.CanRetrieve,
    run: (client, call) => client.retrieveCall(call.ID),
  },
  {
    name: 'transfer',
    allowed: (call, abilities) => abilities.canTransfer && call.State === SessionState.Held,
    run: (client, call) => client.transferCall(call.ID),
  },
  {
    name: 'conference',
    allowed: (call, abilities) =>
      abilities.canConference && (talks(call) || call.State === SessionState.Held),
    run: client => client.conferenceActiveCall(),
  },
  {
    name: 'deflect',
    needs: 'number',
    allowed: call => call.CanDeflect,
    run: (client, call, number) => client.deflectCall(call.ID, number),
  },
  {
    name: 'digits',
    needs: 'digits',
    allowed: talks,
    run: (client, _, digits) => client.enterDtmfActiveCall(digits),
  },
  {
    name: 'park',
    allowed: (call, _, privileges) => call.CanHold && privileges.includes('dispatchCommonHold'),
    run: (client, call) => client.parkCall(call.ID),
  },
  {
    name: 'record',
    allowed: (call, _, privileges) =>
      talks(call) && call.RecordingState === CallRecordingState.Stopped && privileges.includes('record'),
    run: client => client.startRecording(0, false),
  },
  {
    name: 'stopRecording',
    allowed: (call, _, privileges) =>
      call.RecordingState !== CallRecordingState.Stopped && privileges.includes('record'),
    run: client => client.stopRecording(0),
  },
  {
    name: 'intrude',
    allowed: (call, _, privileges) => call.State === SessionState.Failed && privileges.includes('intrude'),
    run: (client, call) => client.intrudeCall(call.ID),
  },
  { name: 'hangUp', allowed: call => call.CanHangup, run: (client, call) => client.hangupCall(call.ID) },
  {
    name: 'extendClerical',
    allowed: call => call.State === SessionState.Clerical,
    run: (client, call) => client.extendClerical(call.ID),
  },
  {
    name: 'cancelClerical',
    allowed: call => call.State === SessionState.Clerical,
    run: (client, call) => client.cancelClerical(call.ID),
  },
];

/** The buttons of a call: exactly what the site allows now. */
export const callActions = (
  call: ICall,
  abilities: Abilities,
  privileges: readonly string[],
): readonly CallAction[] => rules.filter(rule => rule.allowed(call, abilities, privileges));
