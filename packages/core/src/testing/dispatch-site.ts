import type { Privilege } from '@cordboard/contract';
import type { SiteConfiguration } from '../configuration/configuration.ts';
import { emptyConfiguration } from '../configuration/directory.ts';
import type { Answer, SiteRequest } from '../site.ts';
import type { SiteOptions } from './configuration.ts';
import { createDriver, type Driver } from './driver.ts';

/** What may be picked, and what each of them is called in requests. */
export type PickedKind = 'Voice' | 'CommonHold' | 'Personal';

/** News of what waits, as an agent hears it: kind, update, the item. */
export interface News {
  kind: PickedKind;
  update: 'add' | 'update' | 'delete';
  id: number;
  item: Record<string, unknown>;
}

/** A site where everybody may pick, with shorthands for doing so. */
export interface DispatchSite {
  driver: Driver;
  /** logged on, dispatch enabled, subscribed to everything, and Not Ready */
  picks(agentId: number): void;
  ask(agentId: number, request: SiteRequest): Answer;
  subscribe(agentId: number, kind: PickedKind, groupId?: number, on?: boolean): Answer;
  enable(agentId: number, on?: boolean): Answer;
  reserve(agentId: number, kind: PickedKind, id: number, on?: boolean): Answer;
  retrieve(agentId: number, kind: PickedKind, id: number): Answer;
  /** everything that an agent has heard since he was asked last */
  news(agentId: number): News[];
  /** ids that wait, oldest first */
  waiting(): number[];
}

const kindOf: Record<string, PickedKind> = {
  OnDispatchVoiceCallEvent: 'Voice',
  OnDispatchCommonHoldCallEvent: 'CommonHold',
  OnDispatchPersonalCallEvent: 'Personal',
};
const updates = ['add', 'update', 'delete'] as const;

const privileges: Privilege[] = [
  'makeCalls',
  'dispatchVoice',
  'dispatchCommonHold',
  'dispatchPersonal',
  'dispatchEmail',
  'dispatchSms',
  'dispatchCampaign',
  'realTimeInformation',
];

export function createDispatchSite(
  options: SiteOptions = {},
  timers: Partial<SiteConfiguration['timers']> = {},
): DispatchSite {
  const driver = createDriver({
    agents: 3,
    ...options,
    agent: id => ({ privileges, ...options.agent?.(id) }),
    change: { timers: { ...emptyConfiguration().timers, ...timers }, ...options.change },
  });
  const heard = new Map<number, number>();
  const site: DispatchSite = {
    driver,
    ask: (agentId, request) => driver.request(agentId, request),
    picks(agentId) {
      driver.logOn(agentId);
      for (const kind of ['Voice', 'CommonHold', 'Personal'] as const) site.subscribe(agentId, kind);
      site.enable(agentId);
      site.news(agentId);
    },
    subscribe(agentId, kind, serviceGroupId = 0, on = true) {
      if (kind === 'CommonHold') {
        return driver.request(agentId, {
          method: 'subscribeDispatchCommonHoldCalls',
          arguments: { subscribe: on },
        });
      }
      return driver.request(agentId, {
        method: `subscribeDispatch${kind}Calls`,
        arguments: { serviceGroupId, subscribe: on },
      });
    },
    enable: (agentId, on = true) =>
      driver.request(agentId, { method: 'enableDispatchEvents', arguments: { enable: on } }),
    reserve: (agentId, kind, id, on = true) =>
      driver.request(agentId, {
        method: `reserveDispatch${kind}Call`,
        arguments: { callId: id, reserve: on },
      }),
    retrieve: (agentId, kind, id) =>
      driver.request(agentId, { method: `retrieveDispatch${kind}Call`, arguments: { callId: id } }),
    news(agentId) {
      const mine = driver.published.filter(each => each.agentId === agentId);
      const fresh = mine.slice(heard.get(agentId) ?? 0);
      heard.set(agentId, mine.length);
      return fresh.flatMap(({ item }) => {
        const kind = kindOf[item.event];
        if (kind === undefined) return [];
        const [value, update] = item.values as unknown as [Record<string, unknown>, number];
        return [{ kind, update: updates[update] ?? 'add', id: Number(value['ID']), item: value }];
      });
    },
    waiting: () => [...driver.state.dispatch.items.keys()],
  };
  return site;
}
