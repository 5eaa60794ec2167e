import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import { freeSpeech } from '../call/free-speech.ts';
import { endIfEmpty } from '../call/leave-call.ts';
import { moveSession } from '../call/move-session.ts';
import { upLegs } from '../call/parties.ts';
import { isLive, type Session } from '../call/session.ts';
import { isQueued, settleCall } from '../call/settle-call.ts';
import type { Leg } from '../leg/leg.ts';
import { agentAt, callOf, type SiteState, sessionsOf } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';

/** What all parties hear when somebody comes in, where the site has such a sound file. */
export const warningSound = 'intrusion-warning';

/** A call that failed because the extension was busy becomes a part of the call that the extension is busy with. */
export function intrudeCall(turn: Turn, agent: Agent, session: Session): RefusalReason | null {
  const { state } = turn;
  const { phase } = session;
  if (phase.type !== 'failed' || phase.cause !== 'busy') return 'notBusy';
  const own = state.legs.get(session.legId);
  if (own === undefined || own.callId !== session.callId) return 'notConnected';
  const extension = callOf(state, session.callId).calledNumber;
  const refusal = protection(state, agent, extension);
  if (refusal !== null) return refusal;
  const call = callAt(state, extension);
  if (call === undefined || isPartyOf(state, agent, call)) return 'notConnected';
  freeSpeech(turn, session);
  // a phone that dialled by itself hears the tone unanswered
  if (own.progress !== 'up') order(turn, { type: 'answer', leg: own.id, media: own.media });
  joinCall(turn, session, own, call);
  return null;
}

/** Those of another tenant are as good as protected. */
function protection(state: SiteState, agent: Agent, extension: string): RefusalReason | null {
  if (state.directory.extensions.get(extension)?.protectedFromIntrusion !== false) {
    return state.directory.extensions.has(extension) ? 'intrusionProtected' : 'notConnected';
  }
  const { users } = state.directory;
  const there = agentAt(state, extension);
  const isForeign = there !== undefined && users.get(there.id)?.tenantId !== users.get(agent.id)?.tenantId;
  return isForeign ? 'intrusionProtected' : null;
}

/** The call in which somebody speaks at an extension: of the agent there, or of a phone without one. */
function callAt(state: SiteState, extension: string): Call | undefined {
  const there = agentAt(state, extension);
  if (there !== undefined) {
    for (const session of sessionsOf(state, there)) {
      const call = callOf(state, session.callId);
      if (isSpoken(session) && isOpen(state, call)) return call;
    }
    return undefined;
  }
  for (const leg of state.legs.values()) {
    if (leg.extension !== extension || leg.callId === 0 || leg.progress !== 'up' || leg.held) continue;
    const call = callOf(state, leg.callId);
    if (isOpen(state, call)) return call;
  }
  return undefined;
}

export const isSpoken = ({ phase }: Session): boolean =>
  phase.type === 'connected' || phase.type === 'conference';

/** Two or more people are in it, and no queue or flow. */
export const isOpen = (state: SiteState, call: Call): boolean =>
  call.monitoring !== true && !isQueued(call) && upLegs(state, call).length >= 2;

const isPartyOf = (state: SiteState, agent: Agent, call: Call): boolean =>
  [...sessionsOf(state, agent)].some(each => each.callId === call.id && isLive(each));

/** Takes a session, alone in its call, into another call: a conference, of which all are warned. */
export function joinCall(turn: Turn, session: Session, own: Leg, call: Call): void {
  const { state } = turn;
  const left = callOf(state, session.callId);
  emit(turn, {
    type: 'callIntruded',
    callId: call.id,
    otherId: left.id,
    leg: own.id,
    sessionId: session.id,
    agentId: session.agentId,
    number: left.calledNumber,
  });
  moveSession(turn, session, { type: 'conference' });
  settleCall(turn, call);
  for (const { id } of upLegs(state, call)) order(turn, { type: 'announce', leg: id, sound: warningSound });
  endIfEmpty(turn, left, 'normal');
}
