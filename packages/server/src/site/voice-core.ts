import {
  agentSnapshot,
  createSite,
  decide,
  nextDue,
  replay,
  restore,
  type SiteEvent,
  type SiteSnapshot,
  type SiteState,
  snapshotText,
  streamSeq,
} from '@cordboard/core';
import type { SiteCore } from './core.ts';

/** The pure core, as the loop uses it. */
export const voiceCore: SiteCore<SiteState, SiteEvent> = {
  create: createSite,
  decide,
  evolve: (state, step) => void replay(state, [step]),
  nextDue,
  client(state, agentId) {
    const presence = state.agents.get(agentId)?.presence;
    if (presence === undefined || presence.type === 'loggedOff') return null;
    return { name: presence.client.name, attached: presence.client.type === 'attached' };
  },
  attached(state) {
    const agents = [...state.agents.values()];
    return agents
      .filter(({ presence }) => presence.type !== 'loggedOff' && presence.client.type === 'attached')
      .map(each => each.id);
  },
  agent(state, agentId) {
    const replica = agentSnapshot(state, agentId);
    return replica === null ? null : { seq: streamSeq(state, agentId), snapshot: replica };
  },
  save: snapshotText,
  load: saved => restore(saved as SiteSnapshot),
};
