import { type Abilities, CallRecordingState, type ICall, SessionState } from '@cordboard/contract';
import type { AgentClient } from '@cordboard/sdk';

/** Where a call is sent or who is consulted: a number, or a service group. */
export type Destination = { type: 'number'; number: string } | { type: 'group'; id: number };

/** What can be done with a call by a button. `needs`: it must be given. */
export type CallAction =
  | { name: CallActionName; needs: null; run(client: AgentClient): Promise<boolean> }
  | {
      name: CallActionName;
      needs: 'destination';
      /** service groups can be chosen too */
      groups: boolean;
      run(client: AgentClient, destination: Destination): Promise<boolean>;
    }
  | { name: CallActionName; needs: 'digits'; run(client: AgentClient, digits: string): Promise<boolean> };

export const callActionNames = [
  'answer',
  'reject',
  'hold',
  'retrieve',
  'alternate',
  'consult',
  'transfer',
  'conference',
  'deflect',
  'park',
  'digits',
  'record',
  'stopRecording',
  'intrude',
  'clearAuthenticating',
  'hangUp',
  'extendClerical',
  'cancelClerical',
] as const;
export type CallActionName = (typeof callActionNames)[number];

/** What the site said: flags of all calls, abilities, and the privileges that it granted. */
export interface Allowance {
  calls: readonly ICall[];
  abilities: Abilities;
  privileges: readonly string[];
}

const talks = (call: ICall) =>
  call.State === SessionState.Connected || call.State === SessionState.Conference;

/** The other call of the agent that he can go to, or join with this one. */
const heldBeside = (call: ICall, calls: readonly ICall[]): ICall | undefined =>
  calls.find(each => each.ID !== call.ID && each.State === SessionState.Held);

const call = (destination: Destination): string => (destination.type === 'number' ? destination.number : '');

/** The buttons of a call: exactly what the site allows now. */
export const callActions = (
  of: ICall,
  { calls, abilities, privileges }: Allowance,
): readonly CallAction[] => {
  const id = of.ID;
  const may = (privilege: string) => privileges.includes(privilege);
  const held = heldBeside(of, calls);
  const talking = talks(of);
  const joined = of.State === SessionState.Held ? of : talking ? held : undefined;
  const clerical = abilities.clerical?.find(each => each.id === id);
  const plain = (
    name: CallActionName,
    allowed: boolean,
    run: (client: AgentClient) => Promise<boolean>,
  ): CallAction[] => (allowed ? [{ name, needs: null, run }] : []);
  return [
    ...plain('answer', of.CanAnswer, client => client.answerCall(id)),
    ...plain('reject', of.CanReject, client => client.rejectServiceCall(id)),
    ...plain('hold', of.CanHold, client => client.holdActiveCall()),
    ...plain('retrieve', of.CanRetrieve, client => client.retrieveCall(id)),
    ...plain('alternate', talking && held?.CanRetrieve === true, client =>
      client.retrieveCall(held?.ID ?? 0),
    ),
    ...(talking && abilities.canMakeCall && may('makeCalls')
      ? [
          {
            name: 'consult' as const,
            needs: 'destination' as const,
            groups: false,
            run: (client: AgentClient, to: Destination) => client.makeCall(call(to), '', true),
          },
        ]
      : []),
    ...plain('transfer', abilities.canTransfer && joined !== undefined, client =>
      client.transferCall(joined?.ID ?? 0),
    ),
    ...plain('conference', abilities.canConference && joined !== undefined, client =>
      client.conferenceActiveCall(),
    ),
    ...(of.CanDeflect
      ? [
          {
            name: 'deflect' as const,
            needs: 'destination' as const,
            groups: true,
            run: (client: AgentClient, to: Destination) =>
              to.type === 'group'
                ? client.deflectCallToServiceGroup(id, to.id)
                : client.deflectCall(id, to.number),
          },
        ]
      : []),
    ...plain('park', of.CanHold && may('dispatchCommonHold'), client => client.parkCall(id)),
    ...(talking
      ? [
          {
            name: 'digits' as const,
            needs: 'digits' as const,
            run: (client: AgentClient, digits: string) => client.enterDtmfActiveCall(digits),
          },
        ]
      : []),
    ...plain('record', talking && of.RecordingState === CallRecordingState.Stopped && may('record'), client =>
      client.startRecording(0, false),
    ),
    ...plain('stopRecording', of.RecordingState !== CallRecordingState.Stopped && may('record'), client =>
      client.stopRecording(0),
    ),
    // the words of the site for these two: ICall has no flag for them
    ...plain(
      'intrude',
      of.State === SessionState.Failed && of.StateDescription === 'Busy' && may('intrude'),
      client => client.intrudeCall(id),
    ),
    ...plain(
      'clearAuthenticating',
      of.State === SessionState.OnHold && of.StateDescription === 'Authenticating',
      client => client.clearAuthenticatingCall(id),
    ),
    ...plain('hangUp', of.CanHangup, client => client.hangupCall(id)),
    ...plain('extendClerical', clerical?.canExtend === true, client => client.extendClerical(id)),
    ...plain('cancelClerical', clerical !== undefined, client => client.cancelClerical(id)),
  ];
};
