import type { AgentSnapshot } from '@cordboard/contract';
import {
  type AgentId,
  agentSnapshot,
  createSite,
  decide,
  nextDue,
  type Outcome,
  replay,
  restore,
  type SiteEvent,
  type SiteMessage,
  type SiteSnapshot,
  type SiteState,
  type Step,
  snapshot,
  streamSeq,
  type Time,
} from '@cordboard/core';

export interface AgentView {
  seq: number;
  snapshot: AgentSnapshot;
  /** his application is there */
  attached: boolean;
}

/** The core as whoever runs it sees it. A test may put a broken one in its place. */
export interface SiteCore {
  create(): SiteState;
  /** changes the state in place and says what happened */
  decide(state: SiteState, message: SiteMessage): Outcome<SiteEvent>;
  /** the same change again, from the journal */
  replay(state: SiteState, steps: Iterable<Step<SiteEvent>>): void;
  /** when some timer of the state is due, or null */
  nextDue(state: SiteState): Time | null;
  /** everything that the agent's replica holds, as of the last item of his stream; null: unknown agent */
  agent(state: SiteState, agentId: AgentId): AgentView | null;
  save(state: SiteState): SiteSnapshot;
  load(saved: SiteSnapshot): SiteState;
}

export const realCore: SiteCore = {
  create: createSite,
  decide,
  replay,
  nextDue,
  agent(state, agentId) {
    const found = agentSnapshot(state, agentId);
    const presence = state.agents.get(agentId)?.presence;
    const attached = presence?.type === 'loggedOn' && presence.client.type === 'attached';
    return found && { seq: streamSeq(state, agentId), snapshot: found, attached };
  },
  save: snapshot,
  load: restore,
};
