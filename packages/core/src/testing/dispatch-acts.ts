import type { SiteRequest } from '../site.ts';
import type { Act } from './act.ts';
import { testExtension } from './configuration.ts';
import type { Driver } from './driver.ts';

const pick = <Value>(values: readonly Value[], index: number): Value | undefined =>
  values[index % Math.max(1, values.length)];

export const dispatchKinds = 8;

/** What people do who pick from what waits: subscribe, reserve, retrieve, park; and callers who find them busy. */
export function dispatchOn(driver: Driver, act: Act): void {
  const agentId = act.who + 1;
  const ask = (request: SiteRequest | undefined) =>
    request === undefined ? undefined : driver.request(agentId, request);
  switch (act.kind % dispatchKinds) {
    case 0:
    case 1:
      ask(subscribing(act));
      return;
    case 2:
      ask({ method: 'enableDispatchEvents', arguments: { enable: act.detail % 4 !== 0 } });
      return;
    case 3:
      ask(parking(driver, act, agentId));
      return;
    case 4:
      ask({
        method: 'subscribeRealTimeInformation',
        arguments: {
          serviceGroupId: (act.which % 3) + 1,
          serviceGroupName: act.detail % 5 === 0 ? 'group 2' : '',
          subscribe: act.detail % 4 !== 0,
        },
      });
      return;
    case 5:
      ask(reserving(driver, act));
      return;
    case 6:
      ask(retrieving(driver, act));
      return;
    default:
      driver.dials(testExtension((act.which % 3) + 1), {
        leg: `direct-${driver.steps.length}-${act.detail}`,
        extension: act.detail % 5 === 0 ? testExtension(agentId) : '',
        callerNumber: '077',
      });
  }
}

function subscribing({ which, detail }: Act): SiteRequest | undefined {
  const of = { serviceGroupId: which < 4 ? 0 : which % 4, subscribe: detail % 5 !== 0 };
  const requests: SiteRequest[] = [
    { method: 'subscribeDispatchVoiceCalls', arguments: of },
    { method: 'subscribeDispatchPersonalCalls', arguments: of },
    { method: 'subscribeDispatchCommonHoldCalls', arguments: { subscribe: of.subscribe } },
    { method: 'subscribeDispatchEmails', arguments: of },
  ];
  return pick(requests, which + detail);
}

function parking(driver: Driver, { which }: Act, agentId: number): SiteRequest {
  const callId = pick(driver.state.agents.get(agentId)?.sessions ?? [], which) ?? which;
  return { method: 'parkCall', arguments: { callId } };
}

/** Most often something that waits, and by the name of its kind. */
const itemOf = (driver: Driver, { which, detail }: Act) => {
  const item = pick([...driver.state.dispatch.items.values()], which);
  const kind = detail % 8 === 0 ? 'voice' : (item?.kind ?? 'personal');
  return { callId: item?.id ?? which, kind };
};

function reserving(driver: Driver, act: Act): SiteRequest {
  const { callId, kind } = itemOf(driver, act);
  const wanted = { callId, reserve: act.detail % 7 < 5 };
  switch (kind) {
    case 'voice':
      return { method: 'reserveDispatchVoiceCall', arguments: wanted };
    case 'commonHold':
      return { method: 'reserveDispatchCommonHoldCall', arguments: wanted };
    case 'personal':
      return { method: 'reserveDispatchPersonalCall', arguments: wanted };
  }
}

function retrieving(driver: Driver, act: Act): SiteRequest {
  const { callId, kind } = itemOf(driver, act);
  switch (kind) {
    case 'voice':
      return { method: 'retrieveDispatchVoiceCall', arguments: { callId } };
    case 'commonHold':
      return { method: 'retrieveDispatchCommonHoldCall', arguments: { callId } };
    case 'personal':
      return { method: 'retrieveDispatchPersonalCall', arguments: { callId } };
  }
}
