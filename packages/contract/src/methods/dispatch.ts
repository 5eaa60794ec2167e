import { parameter } from '../method.ts';
import { Bool, Int } from '../schema.ts';
import { callId, request, serviceGroupId, subscribe } from './shapes.ts';

/** Seed, "Dispatch": picking waiting work. Events come when they are enabled and subscribed, in whichever order. */

const ask = request('dispatch', 'site');
const campaignId = parameter('campaignId', Int);
const customerId = parameter('customerId', Int);
const reserve = parameter('reserve', Bool);

const subscribeFacts = (privilege: Parameters<typeof ask>[2]['privilege'] & string, what: string) =>
  ({
    tab: true,
    privilege,
    refusals: ['unknownServiceGroup', 'wrongMedia', 'invalidValue'],
    text: `Subscribes to, or unsubscribes from, events of ${what}; 0 stands for all.`,
  }) as const;
const retrieveFacts = (privilege: Parameters<typeof ask>[2]['privilege'] & string, what: string) =>
  ({
    tab: true,
    privilege,
    refusals: ['notSubscribed', 'itemGone', 'reservedByAnother', 'cannotMakeCall', 'phoneNotRegistered'],
    text: `Takes ${what} out of its queue to this agent. Exactly one of many wins.`,
  }) as const;
const reserveFacts = (privilege: Parameters<typeof ask>[2]['privilege'] & string, what: string) =>
  ({
    tab: true,
    privilege,
    refusals: ['notSubscribed', 'itemGone', 'reservedByAnother', 'notSupported'],
    text: `Reserves ${what} for this agent, or gives it free again.`,
  }) as const;

export const dispatchMethods = [
  ask(
    'SubscribeDispatchPersonalCalls',
    [serviceGroupId, subscribe],
    subscribeFacts('dispatchPersonal', 'personal calls'),
  ),
  ask(
    'SubscribeDispatchCommonHoldCalls',
    [subscribe],
    subscribeFacts('dispatchCommonHold', 'calls on common hold'),
  ),
  ask(
    'SubscribeDispatchVoiceCalls',
    [serviceGroupId, subscribe],
    subscribeFacts('dispatchVoice', 'waiting voice calls'),
  ),
  ask(
    'SubscribeDispatchEmails',
    [serviceGroupId, subscribe],
    subscribeFacts('dispatchEmail', 'waiting e-mails'),
  ),
  ask('SubscribeDispatchSMSs', [serviceGroupId, subscribe], subscribeFacts('dispatchSms', 'waiting SMS')),
  ask(
    'SubscribeDispatchCampaignCalls',
    [campaignId, subscribe],
    subscribeFacts('dispatchCampaign', 'campaign customers'),
  ),
  ask('RetrieveDispatchPersonalCall', [callId], retrieveFacts('dispatchPersonal', 'a personal call')),
  ask(
    'RetrieveDispatchCommonHoldCall',
    [callId],
    retrieveFacts('dispatchCommonHold', 'a call on common hold'),
  ),
  ask('RetrieveDispatchVoiceCall', [callId], retrieveFacts('dispatchVoice', 'a waiting voice call')),
  ask('RetrieveDispatchEmail', [callId], retrieveFacts('dispatchEmail', 'a waiting e-mail')),
  ask('RetrieveDispatchSMS', [callId], retrieveFacts('dispatchSms', 'a waiting SMS')),
  ask('RetrieveDispatchCampaignCall', [customerId], retrieveFacts('dispatchCampaign', 'a campaign customer')),
  ask('ReserveDispatchPersonalCall', [callId, reserve], reserveFacts('dispatchPersonal', 'a personal call')),
  ask(
    'ReserveDispatchCommonHoldCall',
    [callId, reserve],
    reserveFacts('dispatchCommonHold', 'a call on common hold'),
  ),
  ask('ReserveDispatchVoiceCall', [callId, reserve], reserveFacts('dispatchVoice', 'a waiting voice call')),
  ask('ReserveDispatchEmail', [callId, reserve], reserveFacts('dispatchEmail', 'a waiting e-mail')),
  ask('ReserveDispatchSMS', [callId, reserve], reserveFacts('dispatchSms', 'a waiting SMS')),
  ask(
    'ReserveDispatchCampaignCall',
    [customerId, reserve],
    reserveFacts('dispatchCampaign', 'a campaign customer'),
  ),
  ask('EnableDispatchEvents', [parameter('enable', Bool)], {
    tab: true,
    text: 'Enables or disables dispatch events. On enabling, everything that waits is sent as Add. Needed, with a subscription, to retrieve and reserve.',
  }),
] as const;
