import type { RefusalReason } from '@cordboard/contract';
import { allowed } from '../call/allowed.ts';
import type { Session } from '../call/session.ts';
import { isOpenNow } from '../flow/is-open-now.ts';
import { queueCall } from '../routing/queue-call.ts';
import { agentOf, callOf } from '../state.ts';
import type { Turn } from '../turn.ts';
import { partyToSendOn } from './party-to-send-on.ts';
import { sendOn } from './send-on.ts';

/** The caller waits in another service group, anew, with the call's data. Who sent him on does not get him right back. */
export function deflectToGroup(turn: Turn, session: Session, groupId: number): RefusalReason | null {
  const { state } = turn;
  if (session.pending !== null) return 'inProgress';
  if (!allowed(state, session).deflect) return 'notDeflectable';
  const group = state.directory.groups.get(groupId);
  if (group === undefined) return 'unknownServiceGroup';
  if (group.media !== 'voice') return 'wrongMedia';
  const offered = session.phase.type === 'offered';
  if (offered && session.service?.groupId === groupId) return 'notDeflectable';
  const other = partyToSendOn(state, session);
  if (other === null || !isOpenNow(state, group)) return 'notDeflectable';
  const call = callOf(state, session.callId);
  const agent = agentOf(state, session.agentId);
  const restSeconds = state.configuration.timers.rejectRestSeconds ?? 10;
  const rest = { agentId: agent.id, until: state.now + restSeconds * 1000, readyCount: agent.readyCount };
  sendOn(turn, session, other, { number: '', groupId });
  queueCall(turn, call, group, offered ? rest : null);
  return null;
}
