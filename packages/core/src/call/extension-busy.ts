import type { Agent } from '../agent/agent.ts';
import { legOf, type SiteState } from '../state.ts';
import { isSteady, linesInUse } from './allowed.ts';
import type { Call } from './call.ts';

/** One call may ring beside one that is under way, and nothing rings at a phone that is ringing or dialling. */
export function isExtensionBusy(
  state: SiteState,
  call: Call,
  extension: string,
  agent: Agent | undefined,
): boolean {
  if (legOf(state, call.origin).extension === extension) return true;
  const looseLegs = state.phones.get(extension)?.looseLegs ?? 0;
  if (agent === undefined) return looseLegs >= 2;
  return agent.presence.type !== 'loggedOn' || !isSteady(state, agent) || isInUse(state, agent, looseLegs);
}

const isInUse = (state: SiteState, agent: Agent, looseLegs: number): boolean =>
  linesInUse(state, agent) + looseLegs >= 2;
