import type { SiteOptions } from './configuration.ts';
import { createDriver, type Driver, type Talk } from './driver.ts';

/** Agent 1 talks to a customer of group 1 and calls somebody else. */
export interface Desk extends Talk {
  site: Driver;
  /** of agent 1 in the second call */
  second: number;
  /** agent 1's phone in it, and who is called */
  own: string;
  far: string;
  /** agent 2's session, once he rings */
  other: () => number;
  transfer: (callId?: number) => ReturnType<Driver['request']>;
  conference: () => ReturnType<Driver['request']>;
  /** the states of agent 1's two sessions, and of agent 2's */
  shown: () => (number | undefined)[];
}

/** The number is called and nobody has answered; the customer's call has IVR data and private data. */
export function consult(number: string, options: SiteOptions = {}): Desk {
  const site = createDriver({ agents: 3, ...options });
  for (const agentId of [2, 3]) site.logOn(agentId);
  const talk = site.talk(1);
  site.request(1, { method: 'setIVRData', arguments: { callId: talk.id, label: 'Contract', data: '4711' } });
  site.request(1, { method: 'setPrivateData', arguments: { callId: talk.id, data: 'vip' } });
  site.request(1, { method: 'makeCall', arguments: { number } });
  const own = site.lastLeg();
  site.answered(own);
  const second = Math.max(...site.calls(1).map(each => each.ID));
  const lastState = (agentId: number, id: number) =>
    site.calls(agentId).findLast(each => each.ID === id)?.State;
  const other = () => site.calls(2).at(-1)?.ID ?? 0;
  return {
    site,
    ...talk,
    own,
    far: site.lastLeg(),
    second,
    other,
    transfer: (callId = talk.id) => site.request(1, { method: 'transferCall', arguments: { callId } }),
    conference: () => site.request(1, { method: 'conferenceActiveCall', arguments: {} }),
    shown: () => [lastState(1, talk.id), lastState(1, second), lastState(2, other())],
  };
}

/** Agent 2 has answered. */
export function consulted(options: SiteOptions = {}): Desk {
  const desk = consult('1002', options);
  desk.site.answered(desk.far);
  return desk;
}
