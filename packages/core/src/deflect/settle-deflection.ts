import type { Call } from '../call/call.ts';
import { releaseLeg } from '../call/leave-call.ts';
import { failPending } from '../call/move-session.ts';
import { isRinging, settleCall } from '../call/settle-call.ts';
import { showParties } from '../join/show-parties.ts';
import { dropLeg } from '../leg/drop-leg.ts';
import type { Leg } from '../leg/leg.ts';
import type { Cause } from '../ports/call-manager.ts';
import { legOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { letGo, sendOn } from './send-on.ts';

/** To be called when a leg of the call has come further: once the destination rings, the agent is out. */
export function settleDeflection(turn: Turn, call: Call): void {
  const { state } = turn;
  const { deflection } = call;
  if (deflection === null) return;
  const session = state.sessions.get(deflection.sessionId);
  const own = state.legs.get(session?.legId ?? '');
  if (session === undefined || own?.callId !== call.id) {
    giveUpDeflection(turn, call);
    return;
  }
  if (session.phase.type === 'offered' && own.progress === 'up') {
    // he has lifted the handset meanwhile, and wants it himself
    failPending(turn, session, 'destinationNotReached', 'answered');
    return;
  }
  const destination = state.legs.get(deflection.leg);
  if (destination === undefined || !(isRinging(destination) || destination.progress === 'up')) return;
  const other = call.legs.find(each => each !== own.id && each !== destination.id);
  if (other === undefined) return;
  sendOn(turn, session, legOf(state, other), { number: deflection.number, groupId: 0 });
  showParties(turn, call);
  settleCall(turn, call);
}

/** The destination was not reached: the agent has the call as before. */
export function deflectionFailed(turn: Turn, call: Call, cause: Cause): void {
  const { deflection } = call;
  if (deflection === null) return;
  const session = turn.state.sessions.get(deflection.sessionId);
  if (session?.pending?.action === 'deflect') failPending(turn, session, 'destinationNotReached', cause);
  else giveUpDeflection(turn, call);
  settleCall(turn, call);
}

/** Nobody waits for the destination any more. */
export function giveUpDeflection(turn: Turn, call: Call): void {
  const { deflection } = call;
  if (deflection === null) return;
  emit(turn, { type: 'deflectionEnded', callId: call.id });
  if (!call.legs.includes(deflection.leg)) return;
  releaseLeg(turn, deflection.leg, 'normal');
  dropLeg(turn, deflection.leg, 'normal');
}

/** Somebody left meanwhile: without the agent the other goes on to the destination, without the other it is over. */
export function leaveDeflection(turn: Turn, call: Call, leg: Leg): void {
  const { deflection } = call;
  if (deflection === null) return;
  const other = call.legs.find(each => each !== deflection.leg);
  if (leg.sessionId !== deflection.sessionId || other === undefined) {
    giveUpDeflection(turn, call);
    return;
  }
  const { sessionId, agentId, number } = deflection;
  letGo(turn, call, { sessionId, agentId, other: legOf(turn.state, other), number, groupId: 0 });
}
