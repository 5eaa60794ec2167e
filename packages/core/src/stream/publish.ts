import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { abilities, abilitySignature, allowed, allowedBits } from '../call/allowed.ts';
import type { Session } from '../call/session.ts';
import type { StreamItem } from '../site.ts';
import { agentOf, type SiteState, sessionsOf } from '../state.ts';
import { projectCall } from './project-call.ts';
import { isRegistered, projectUser } from './project-user.ts';

/**
 * The agents' streams follow from the events as everything else does: at the end of a step each touched agent is told
 * what has changed for him. Only a session that goes through several states in one step is told of in between, so that
 * no state is left out.
 */
export function publishTouched(state: SiteState): void {
  speakMoves(state);
  for (const agentId of state.step.touched) {
    const agent = agentOf(state, agentId);
    for (const session of sessionsOf(state, agent)) speak(state, session);
    tellUser(state, agent);
    tellAbilities(state, agent);
  }
}

export function publish(state: SiteState, agent: Agent, item: StreamItem): void {
  agent.stream.seq += 1;
  state.step.published.push({ agentId: agent.id, seq: agent.stream.seq, item });
}

/** Tells the agent of a session, if anything that he sees of it has changed. */
export function speak(state: SiteState, session: Session): void {
  const flags = allowed(state, session);
  // the flags of a session follow from others too, so they are compared and not counted
  const signature = session.revision * 64 + allowedBits(flags);
  if (session.told === signature) return;
  session.told = signature;
  publish(state, agentOf(state, session.agentId), {
    event: 'OnCallEvent',
    values: [projectCall(state, session, flags)],
  });
}

/** In the order of the moves: who retrieves an older call sees the newer one held first, never two with speech. */
function speakMoves(state: SiteState): void {
  for (const id of state.step.unspoken) {
    const session = state.sessions.get(id);
    if (session !== undefined) speak(state, session);
  }
  state.step.unspoken.clear();
}

/** Before a session moves on: tells of the state that it is in, if nobody has heard of that yet. */
export function speakFirst(state: SiteState, session: Session): void {
  if (state.step.unspoken.has(session.id)) speakMoves(state);
}

function tellUser(state: SiteState, agent: Agent): void {
  const { stream } = agent;
  const registered = isRegistered(state, agent);
  if (registered !== stream.toldRegistered) {
    stream.toldRegistered = registered;
    publish(state, agent, { event: 'OnRegistrationStatus', values: [registered] });
  }
  if (stream.revision !== stream.toldRevision) {
    stream.toldRevision = stream.revision;
    publish(state, agent, { event: 'OnUserStatusUpdate', values: [projectUser(state, agent)] });
  }
}

function tellAbilities(state: SiteState, agent: Agent): void {
  const now = abilities(state, agent.id);
  const signature = abilitySignature(now);
  if (signature === agent.stream.toldAbilities) return;
  agent.stream.toldAbilities = signature;
  publish(state, agent, { event: 'abilities', values: [now] });
}

export function publishFailure(
  state: SiteState,
  agent: Agent,
  failure: { requestId: string; reason: RefusalReason; detail: string },
): void {
  publish(state, agent, {
    event: 'operationFailed',
    values: [failure.requestId, { reason: failure.reason, detail: failure.detail }],
  });
}
