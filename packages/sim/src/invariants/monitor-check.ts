import type { SiteState } from '@cordboard/core';
import { hears, type LegsThere } from '../call-manager/hearing.ts';

type Monitor = SiteState['monitors']['bySupervisor'] extends Map<number, infer Each> ? Each : never;

const ended: ReadonlySet<string> = new Set(['clearing', 'clerical', 'forceClearing', 'idle']);

const isAlive = (state: SiteState, id: number): boolean => {
  const session = state.sessions.get(id);
  return session !== undefined && !ended.has(session.phase.type);
};

const whoHears = (legs: LegsThere, speaker: string): string[] =>
  [...legs.keys()].filter(leg => hears(legs, leg, speaker));

/** A supervisor who listens is heard by nobody; whispering, by the agent alone. He listens no longer than there is something. */
export const monitorFault = (state: SiteState, legs: LegsThere, monitor: Monitor): string | null => {
  const { supervisorId, agentId, mode, stage } = monitor;
  if (stage.type !== 'listening') return null;
  const session = state.sessions.get(stage.sessionId);
  if (!session || !isAlive(state, session.id)) return `agent ${supervisorId} listens without a call`;
  const watched = state.agents.get(agentId)?.sessions.filter(id => isAlive(state, id)) ?? [];
  if (watched.length === 0) return `agent ${supervisorId} listens to agent ${agentId}, who has no call`;
  if (mode === 'barge') return null;
  const allowed = watched.map(id => state.sessions.get(id)?.legId);
  for (const leg of whoHears(legs, session.legId)) {
    if (mode === 'silent') return `agent ${supervisorId} listens silently and is heard by leg ${leg}`;
    if (!allowed.includes(leg)) return `agent ${supervisorId} whispers and is heard by leg ${leg}`;
  }
  return null;
};
