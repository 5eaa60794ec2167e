import type { SiteRequest } from '@cordboard/core';
import { ask, type Seen } from './act.ts';
import type { WaitingItem } from './dispatch-board.ts';

/** What an agent does who picks his work himself. */

const groupOrAll = ({ habits, random }: Seen): number =>
  random.chance(0.5) ? 0 : random.pick([...habits.serviceGroups, 4_711]);

export const subscribe = ask(seen => {
  const { random } = seen;
  const on = random.chance(0.8);
  switch (random.whole(1, 3)) {
    case 1:
      return {
        method: 'subscribeDispatchPersonalCalls',
        arguments: { serviceGroupId: groupOrAll(seen), subscribe: on },
      };
    case 2:
      return { method: 'subscribeDispatchCommonHoldCalls', arguments: { subscribe: on } };
    default:
      return {
        method: 'subscribeDispatchVoiceCalls',
        arguments: { serviceGroupId: groupOrAll(seen), subscribe: on },
      };
  }
});
export const enableDispatch = ask(({ random }) => ({
  method: 'enableDispatchEvents',
  arguments: { enable: random.chance(0.85) },
}));

/** One that he sees; now and then one that he does not. */
const someItem = ({ desk, random }: Seen): WaitingItem => {
  const items = desk.waiting();
  if (items.length > 0 && random.chance(0.95)) return random.pick(items);
  return { kind: random.pick(['personal', 'commonHold', 'voice'] as const), id: random.whole(1, 2_000) };
};

const retrieving = {
  personal: 'retrieveDispatchPersonalCall',
  commonHold: 'retrieveDispatchCommonHoldCall',
  voice: 'retrieveDispatchVoiceCall',
} as const;
const reserving = {
  personal: 'reserveDispatchPersonalCall',
  commonHold: 'reserveDispatchCommonHoldCall',
  voice: 'reserveDispatchVoiceCall',
} as const;

export const retrieveItem = ask(seen => {
  const { kind, id } = someItem(seen);
  return { method: retrieving[kind], arguments: { callId: id } };
});
export const reserveItem = ask(seen => {
  const { kind, id } = someItem(seen);
  return { method: reserving[kind], arguments: { callId: id, reserve: seen.random.chance(0.6) } };
});

/** Media of which nothing waits in this release. */
export const otherItems = ask(seen => {
  const { random } = seen;
  const callId = random.whole(1, 9);
  const subscribe = random.chance(0.8);
  const serviceGroupId = groupOrAll(seen);
  return random.pick<SiteRequest>([
    { method: 'subscribeDispatchEmails', arguments: { serviceGroupId, subscribe } },
    { method: 'subscribeDispatchSMSs', arguments: { serviceGroupId, subscribe } },
    { method: 'subscribeDispatchCampaignCalls', arguments: { campaignId: 0, subscribe } },
    { method: 'retrieveDispatchEmail', arguments: { callId } },
    { method: 'retrieveDispatchSMS', arguments: { callId } },
    { method: 'retrieveDispatchCampaignCall', arguments: { customerId: callId } },
    { method: 'reserveDispatchEmail', arguments: { callId, reserve: true } },
    { method: 'reserveDispatchSMS', arguments: { callId, reserve: true } },
    { method: 'reserveDispatchCampaignCall', arguments: { customerId: callId, reserve: true } },
  ]);
});

export const watchGroup = ask(({ habits, random }) => {
  const group = random.pick(habits.serviceGroups);
  return {
    method: 'subscribeRealTimeInformation',
    arguments: {
      serviceGroupId: random.chance(0.5) ? group : 0,
      serviceGroupName: random.chance(0.5) ? `Service ${group}` : '',
      subscribe: random.chance(0.8),
    },
  };
});
