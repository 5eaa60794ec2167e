import { agentOf, callOf, legOf, type SiteState, sessionOf, sessionsOf } from '../state.ts';
import { order, type Turn } from '../turn.ts';
import { hangUpSession } from './leave-call.ts';
import type { Session } from './session.ts';
import { settleCall } from './settle-call.ts';

/**
 * Only one call of an agent carries speech (CSTA Alternate Call): before one gets it, the others are held, and those
 * that are still dialled or have failed are ended.
 */
export function freeSpeech(turn: Turn, except: Session): void {
  freeSpeechOf(turn, except.agentId, except.id);
}

export function freeSpeechOf(turn: Turn, agentId: number, exceptId: number): void {
  const { state } = turn;
  for (const id of [...agentOf(state, agentId).sessions]) {
    if (id === exceptId || !state.sessions.has(id)) continue;
    const session = sessionOf(state, id);
    switch (session.phase.type) {
      case 'connected':
      case 'conference':
      case 'onHold':
        holdSession(turn, session);
        break;
      case 'dialing':
      case 'calling':
      case 'failed':
        hangUpSession(turn, session);
        break;
      default:
    }
  }
}

/** In another call, or in one that he is about to begin. */
export function speaksElsewhere(state: SiteState, { id, agentId }: Session): boolean {
  for (const each of sessionsOf(state, agentOf(state, agentId))) {
    if (each.id !== id && carriesSpeech.has(each.phase.type)) return true;
  }
  return false;
}

const carriesSpeech: ReadonlySet<string> = new Set([
  'dialing',
  'calling',
  'connected',
  'conference',
  'onHold',
]);

export function holdSession(turn: Turn, session: Session): void {
  const leg = legOf(turn.state, session.legId);
  if (leg.held) return;
  order(turn, { type: 'setHold', leg: leg.id, on: true });
  settleCall(turn, callOf(turn.state, session.callId));
}
