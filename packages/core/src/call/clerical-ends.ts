import type { ClericalEnd } from '@cordboard/contract';
import type { AgentId, Time } from '../site.ts';
import { type SiteState, sessionsOf } from '../state.ts';
import { isoTime } from '../stream/iso-time.ts';
import type { Session } from './session.ts';

/** Until when the agent's sessions in clerical state stay in it, if he does nothing. */
export function clericalEnds(state: SiteState, agentId: AgentId): ClericalEnd[] {
  const agent = state.agents.get(agentId);
  if (agent === undefined) return [];
  const ends: ClericalEnd[] = [];
  for (const session of sessionsOf(state, agent)) {
    const { phase, id } = session;
    if (phase.type !== 'clerical') continue;
    ends.push({ id, until: isoTime(phase.until), canExtend: extendedUntil(state, session) > phase.until });
  }
  return ends;
}

/** Until when it would last if it were extended now; 0 = it is not in clerical state. */
export function extendedUntil(state: SiteState, { phase, service }: Session): Time {
  if (phase.type !== 'clerical') return 0;
  const group = state.directory.groups.get(service?.groupId ?? 0);
  const seconds = group?.extendClericalSeconds || group?.clericalSeconds || 0;
  const limit = phase.since + state.configuration.timers.maximumClericalSeconds * 1000;
  return Math.min(phase.until + seconds * 1000, limit);
}
