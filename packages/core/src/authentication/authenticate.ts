import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import { endIfEmpty, releaseAll } from '../call/leave-call.ts';
import { moveSession } from '../call/move-session.ts';
import { otherLeg } from '../call/parties.ts';
import type { Session } from '../call/session.ts';
import { settleCall } from '../call/settle-call.ts';
import { setField } from '../data/call-data.ts';
import type { Authentication, FlowEnd } from '../flow/flow-run.ts';
import { startFlow } from '../flow/run-flow.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import { returnToQueue } from '../routing/queue-call.ts';
import { callOf, legOf, type SiteState, sessionsOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';

/** The agent speaks with a customer who now is to identify himself; nobody hears his digits. */
export function authenticate(turn: Turn, session: Session): RefusalReason | null {
  const { state } = turn;
  const { authentication } = state.configuration;
  const flow = state.directory.flows.get(authentication?.flow ?? '');
  if (authentication === undefined || flow === undefined) return 'notAvailable';
  if (session.phase.type !== 'connected') return 'notConnected';
  const call = callOf(state, session.callId);
  const customer = otherLeg(state, call, legOf(state, session.legId));
  if (customer?.progress !== 'up' || call.legs.length !== 2 || call.flow !== null) return 'notDeflectable';
  moveSession(turn, session, { type: 'authenticating' });
  emit(turn, {
    type: 'authenticationStarted',
    callId: call.id,
    sessionId: session.id,
    agentId: session.agentId,
    until: state.now + authentication.timeoutSeconds * 1000,
  });
  startFlow(turn, call, flow, customer.id, { sessionId: session.id });
  return null;
}

export const authenticatingSession = (state: SiteState, agent: Agent): Session | undefined => {
  for (const session of sessionsOf(state, agent)) if (session.phase.type === 'authenticating') return session;
  return undefined;
};

/** The agent gives up waiting; the customer goes on. */
export function clearAuthenticating(turn: Turn, session: Session): RefusalReason | null {
  if (session.phase.type !== 'authenticating') return 'notAuthenticating';
  release(turn, session, 'asked');
  return null;
}

export function authenticationDue(turn: Turn, call: Call): void {
  const session = turn.state.sessions.get(call.flow?.authentication?.sessionId ?? 0);
  if (session?.phase.type === 'authenticating') release(turn, session, 'timeout');
}

function release(turn: Turn, session: Session, cause: 'asked' | 'timeout'): void {
  leaveAuthentication(turn, session, cause);
  moveSession(turn, session, { type: 'clearing' });
  dropLeg(turn, session.legId, 'normal');
}

/** From here on nobody waits for the customer. */
export function leaveAuthentication(
  turn: Turn,
  session: Session,
  cause: 'asked' | 'timeout' | 'agentLeft',
): void {
  emit(turn, {
    type: 'authenticationReleased',
    callId: session.callId,
    sessionId: session.id,
    agentId: session.agentId,
    cause,
  });
}

/** The flow is over: the customer is given back to the agent, or dealt with as configured. */
export function endAuthentication(
  turn: Turn,
  call: Call,
  authentication: Authentication,
  cause: FlowEnd,
): void {
  const { state } = turn;
  const configured = state.configuration.authentication;
  const by = { callId: call.id, sessionId: 0, agentId: 0 };
  const label = configured?.resultField ?? '';
  if (label !== '') setField(turn, by, { label, data: cause === 'completed' ? 'completed' : 'failed' });
  const session = state.sessions.get(authentication.sessionId);
  if (session?.phase.type === 'authenticating') {
    settleCall(turn, call);
  } else if (configured?.afterwards === 'requeue' && call.service !== null) {
    returnToQueue(turn, call, null);
  } else {
    releaseAll(turn, call, 'normal');
    endIfEmpty(turn, call, 'normal');
  }
}
