import { type AgentSnapshot, type ICall, SessionState, UpdateType } from '@cordboard/contract';

/** An event that nobody sent, made so that a program which only follows events is right again. */
export interface MadeEvent {
  event:
    | 'OnCallEvent'
    | 'OnEmailEvent'
    | 'OnSMSEvent'
    | 'OnOpenMediaEvent'
    | 'OnChatEvent'
    | 'OnUserStatusUpdate'
    | 'OnRegistrationStatus'
    | 'OnDispatchPersonalCallEvent'
    | 'OnDispatchCommonHoldCallEvent'
    | 'OnDispatchVoiceCallEvent'
    | 'OnRealTimeInformationUpdate';
  values: unknown[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const ended = (call: ICall): ICall => ({
  ...call,
  State: SessionState.Idle,
  StateDescription: 'Idle',
  CanAnswer: false,
  CanDeflect: false,
  CanHangup: false,
  CanHold: false,
  CanRetrieve: false,
  CanReject: false,
});

const over = <Session extends { State: number; StateDescription: string }>(
  session: Session,
  State: Session['State'],
): Session => ({ ...session, State, StateDescription: 'Idle' });

const sessionEvents = <Session extends { ID: number }>(
  event: MadeEvent['event'],
  before: readonly Session[],
  now: readonly Session[],
  end: (session: Session) => Session,
): MadeEvent[] => [
  ...before.filter(old => !now.some(each => each.ID === old.ID)).map(old => ({ event, values: [end(old)] })),
  ...now
    .filter(
      each =>
        !same(
          each,
          before.find(old => old.ID === each.ID),
        ),
    )
    .map(each => ({ event, values: [each] })),
];

/** What waits to be picked: what is gone first, then what is new or has changed. */
const itemEvents = <Item extends { ID: number }>(
  event: MadeEvent['event'],
  before: readonly Item[],
  now: readonly Item[],
): MadeEvent[] => {
  // thousands may wait
  const known = new Map(before.map(each => [each.ID, each]));
  const present = new Set(now.map(each => each.ID));
  return [
    ...before.filter(old => !present.has(old.ID)).map(old => ({ event, values: [old, UpdateType.Delete] })),
    ...now.flatMap((each): MadeEvent[] => {
      const old = known.get(each.ID);
      if (old === undefined) return [{ event, values: [each, UpdateType.Add] }];
      return same(each, old) ? [] : [{ event, values: [each, UpdateType.Update] }];
    }),
  ];
};

/**
 * The events that lead from one snapshot to a later one, where those that happened between are not to be had: what ended
 * first, then what changed or is new.
 */
export const differences = (before: AgentSnapshot, now: AgentSnapshot): MadeEvent[] => [
  ...(same(before.user, now.user) ? [] : [{ event: 'OnUserStatusUpdate' as const, values: [now.user] }]),
  ...(before.registered === now.registered
    ? []
    : [{ event: 'OnRegistrationStatus' as const, values: [now.registered] }]),
  ...sessionEvents('OnCallEvent', before.calls, now.calls, ended),
  ...sessionEvents('OnEmailEvent', before.emails, now.emails, each => over(each, SessionState.Undefined)),
  ...sessionEvents('OnSMSEvent', before.sms, now.sms, each => over(each, SessionState.Undefined)),
  ...sessionEvents('OnOpenMediaEvent', before.openMedia, now.openMedia, each =>
    over(each, SessionState.Idle),
  ),
  ...sessionEvents('OnChatEvent', before.chats, now.chats, each => over(each, SessionState.Idle)),
  ...itemEvents('OnDispatchPersonalCallEvent', before.dispatch.personalCalls, now.dispatch.personalCalls),
  ...itemEvents(
    'OnDispatchCommonHoldCallEvent',
    before.dispatch.commonHoldCalls,
    now.dispatch.commonHoldCalls,
  ),
  ...itemEvents('OnDispatchVoiceCallEvent', before.dispatch.voiceCalls, now.dispatch.voiceCalls),
  ...now.realTime
    .filter(each => {
      const old = before.realTime.find(known => known.ServiceGroupID === each.ServiceGroupID);
      return !same(each, old);
    })
    .map(each => ({ event: 'OnRealTimeInformationUpdate' as const, values: [each] })),
];
