import type { Refusal } from '@cordboard/contract';
import type { AgentId, Answer } from '../site.ts';
import { agentAt, type SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { type Agent, extensionOf, type Place } from './agent.ts';

interface LogOn {
  agentId: AgentId;
  extension: string;
  client: string;
  place?: Place;
}

/** `detail` of the refusals of a logon: the gateway tells them apart. */
export const logOnRefusals = {
  unknownUser: 'unknownUser',
  unknownExtension: 'unknownExtension',
  extensionOccupied: 'extensionOccupied',
  callsElsewhere: 'callsElsewhere',
} as const;

/** Logs an agent on, Not Ready for everything. Logged on already, he changes to this client and keeps his calls. */
export function logOn(turn: Turn, wanted: LogOn): Answer {
  const { state } = turn;
  const user = state.directory.users.get(wanted.agentId);
  if (user === undefined) return refused('unknownUser');
  const extension = wanted.extension === '' ? user.extension : wanted.extension;
  if (!state.directory.extensions.has(extension)) return refused('unknownExtension');
  const refusal = refusalAt(state, wanted.agentId, extension);
  if (refusal !== null) return refused(refusal);
  const lostAt = state.now + state.configuration.timers.lostClientSeconds * 1000;
  emit(turn, {
    type: 'agentLoggedOn',
    agentId: wanted.agentId,
    extension,
    client: wanted.client,
    lostAt,
    ...(wanted.place && { place: { ...wanted.place, since: state.now } }),
    ...placeTakenOver(state.agents.get(wanted.agentId)),
  });
  return { ok: true, value: true };
}

/** An application that is attached is out from now on; one that was lost has left its place by itself. */
function placeTakenOver(agent: Agent | undefined): { takenOverFrom?: Place } {
  if (agent === undefined || agent.presence.type === 'loggedOff') return {};
  const { type, place } = agent.presence.client;
  if (type !== 'attached' || place === undefined) return {};
  return { takenOverFrom: { address: place.address, form: place.form } };
}

function refusalAt(state: SiteState, agentId: AgentId, extension: string): keyof typeof logOnRefusals | null {
  const there = agentAt(state, extension);
  if (there !== undefined && there.id !== agentId) return 'extensionOccupied';
  const agent: Agent | undefined = state.agents.get(agentId);
  const moves = agent !== undefined && extensionOf(agent) !== extension && agent.sessions.length > 0;
  return moves ? 'callsElsewhere' : null;
}

const refused = (detail: keyof typeof logOnRefusals): Answer => {
  const refusal: Refusal = { reason: 'invalidValue', detail: logOnRefusals[detail] };
  return { ok: false, refusal };
};
