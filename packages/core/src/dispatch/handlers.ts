import type { SiteMethodName } from '@cordboard/contract';
import type { Handler, Verdict } from '../request/handler.ts';
import type { ItemKind, SubscribedKind } from './dispatch.ts';
import { reserve } from './reserve.ts';
import { retrieve } from './retrieve.ts';
import { enable, subscribe } from './subscribe.ts';
import { isSubscribed } from './subscriptions.ts';

/** The requests of the seed's section "Dispatch". */

type DispatchMethod = Extract<
  SiteMethodName,
  `${'subscribe' | 'retrieve' | 'reserve' | 'enable'}Dispatch${string}`
>;

const subscribing =
  (kind: SubscribedKind): Handler<'subscribeDispatchVoiceCalls'> =>
  ({ turn, agent, arguments: { serviceGroupId, subscribe: on } }) =>
    subscribe(turn, agent, { kind, groupId: serviceGroupId, on });

const retrieving =
  (kind: ItemKind): Handler<'retrieveDispatchVoiceCall'> =>
  ({ turn, agent, arguments: { callId } }) =>
    retrieve(turn, agent, kind, callId);

const reserving =
  (kind: ItemKind): Handler<'reserveDispatchVoiceCall'> =>
  ({ turn, agent, arguments: { callId, reserve: on } }) =>
    reserve(turn, agent, { kind, itemId: callId, on });

/** Nothing of the kind waits in this release: whatever id is given, it is gone. */
const nothingWaits =
  (kind: SubscribedKind) =>
  ({ turn, agent }: Parameters<Handler<'retrieveDispatchEmail'>>[0]): Verdict =>
    isSubscribed(turn.state, agent.id, kind) ? 'itemGone' : 'notSubscribed';

/** Seed: "This call is reserved for future use." */
const notSupported = (): Verdict => 'notSupported';

export const dispatchHandlers = {
  subscribeDispatchPersonalCalls: subscribing('personal'),
  subscribeDispatchCommonHoldCalls: ({ turn, agent, arguments: { subscribe: on } }) =>
    subscribe(turn, agent, { kind: 'commonHold', groupId: 0, on }),
  subscribeDispatchVoiceCalls: subscribing('voice'),
  subscribeDispatchEmails: subscribing('email'),
  subscribeDispatchSMSs: subscribing('sms'),
  subscribeDispatchCampaignCalls: ({ turn, agent, arguments: { campaignId, subscribe: on } }) =>
    subscribe(turn, agent, { kind: 'campaign', groupId: campaignId, on }),
  retrieveDispatchPersonalCall: retrieving('personal'),
  retrieveDispatchCommonHoldCall: retrieving('commonHold'),
  retrieveDispatchVoiceCall: retrieving('voice'),
  retrieveDispatchEmail: nothingWaits('email'),
  retrieveDispatchSMS: nothingWaits('sms'),
  retrieveDispatchCampaignCall: ({ turn, agent }) =>
    isSubscribed(turn.state, agent.id, 'campaign') ? 'itemGone' : 'notSubscribed',
  reserveDispatchPersonalCall: reserving('personal'),
  reserveDispatchCommonHoldCall: reserving('commonHold'),
  reserveDispatchVoiceCall: reserving('voice'),
  reserveDispatchEmail: notSupported,
  reserveDispatchSMS: notSupported,
  reserveDispatchCampaignCall: ({ turn, agent }) =>
    isSubscribed(turn.state, agent.id, 'campaign') ? 'itemGone' : 'notSubscribed',
  enableDispatchEvents: ({ turn, agent, arguments: { enable: on } }) => enable(turn, agent, on),
} satisfies { [Name in DispatchMethod]: Handler<Name> };
