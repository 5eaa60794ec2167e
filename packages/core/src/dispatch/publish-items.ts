import { UpdateType } from '@cordboard/contract';
import { groupsOf } from '../real-time/figures.ts';
import type { AgentId, StreamItem } from '../site.ts';
import { agentOf, type SiteState } from '../state.ts';
import { publish } from '../stream/publish.ts';
import { type Item, keyOf } from './dispatch.ts';
import { projectItem } from './project-item.ts';
import type { ShownItem } from './shown-item.ts';
import { keysOf } from './subscriptions.ts';

/**
 * What the subscribers hear at the end of a step: first what is gone, then what was there before those who subscribed
 * just now, then what has changed, then what is new. An item that came and went in one step is nobody's news.
 */
export function publishItems(state: SiteState): void {
  const { step } = state;
  for (const agentId of step.coverage) tellCoverage(state, agentId);
  for (const { item, told } of step.goneItems) tellAll(state, item, told, UpdateType.Delete);
  for (const { agentId, keys } of step.shows) show(state, agentId, keys);
  for (const item of step.changedItems) tellAll(state, item, projectItem(state, item), UpdateType.Update);
  for (const item of step.freshItems) {
    tellAll(state, item, projectItem(state, item), UpdateType.Add);
    item.told = true;
  }
}

/** One object for all who hear it: the wire makes it into text once. */
const streamItem = ({ event, value }: ShownItem, update: UpdateType): StreamItem =>
  ({ event, values: [value, update] }) as StreamItem;

function tellAll(state: SiteState, item: Item, shown: ShownItem, update: UpdateType): void {
  const { audience } = state.dispatch;
  const all = audience.get(keyOf(item.kind, item.tenantId, 0));
  const ofGroup =
    item.groupId === 0 ? undefined : audience.get(keyOf(item.kind, item.tenantId, item.groupId));
  if (all === undefined && ofGroup === undefined) return;
  const news = streamItem(shown, update);
  for (const agentId of all ?? []) publish(state, agentOf(state, agentId), news);
  for (const agentId of ofGroup ?? []) {
    if (all?.has(agentId) !== true) publish(state, agentOf(state, agentId), news);
  }
}

function show(state: SiteState, agentId: AgentId, keys: readonly string[]): void {
  const agent = agentOf(state, agentId);
  for (const item of itemsAt(state, keys)) {
    if (item.told) publish(state, agent, streamItem(projectItem(state, item), UpdateType.Add));
  }
}

/** What waits under any of the keys, each once. */
function itemsAt(state: SiteState, keys: readonly string[]): Set<Item> {
  const items = new Set<Item>();
  for (const key of keys) for (const item of state.dispatch.waiting.get(key) ?? []) items.add(item);
  return items;
}

/** The replica leaves out what its agent is not told of any more. */
function tellCoverage(state: SiteState, agentId: AgentId): void {
  const subscriptions = state.dispatch.subscriptions.get(agentId);
  const kinds = subscriptions?.enabled === true ? subscriptions.kinds : undefined;
  publish(state, agentOf(state, agentId), {
    event: 'coverage',
    values: [
      {
        personal: [...(kinds?.personal ?? [])],
        commonHold: [...(kinds?.commonHold ?? [])],
        voice: [...(kinds?.voice ?? [])],
        realTime: groupsOf(state, agentId),
      },
    ],
  });
}

/** What an agent has been told of, for his snapshot. */
export function itemsOf(state: SiteState, agentId: AgentId) {
  const shown: ShownItem[] = [];
  const subscriptions = state.dispatch.subscriptions.get(agentId);
  if (subscriptions?.enabled === true) {
    for (const item of itemsAt(state, keysOf(subscriptions))) shown.push(projectItem(state, item));
  }
  return {
    personalCalls: shown.flatMap(each => (each.event === 'OnDispatchPersonalCallEvent' ? [each.value] : [])),
    commonHoldCalls: shown.flatMap(each =>
      each.event === 'OnDispatchCommonHoldCallEvent' ? [each.value] : [],
    ),
    voiceCalls: shown.flatMap(each => (each.event === 'OnDispatchVoiceCallEvent' ? [each.value] : [])),
  };
}
