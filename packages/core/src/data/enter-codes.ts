import { type ICQCode, MediaType, type RefusalReason } from '@cordboard/contract';
import type { Session } from '../call/session.ts';
import { emit, type Turn } from '../turn.ts';
import { groupCodes } from './cq-codes.ts';

/** Replaces all codes of a session, or, if one is not of its group, none. A code is known by its id. */
export function enterCodes(
  turn: Turn,
  session: Session,
  wanted: { mediaType: number; codes: readonly { ID: number }[] },
): RefusalReason | null {
  if (wanted.mediaType !== MediaType.Voice) return 'wrongMedia';
  if (session.service === null) return 'notServiceCall';
  if (session.phase.type === 'offered') return 'notConnected';
  const known = new Map(groupCodes(turn.state, session.service.groupId).map(each => [each.ID, each]));
  const codes = new Map<number, ICQCode>();
  for (const { ID } of wanted.codes) {
    const code = known.get(ID);
    if (code === undefined) return 'unknownCQCode';
    codes.set(ID, code);
  }
  emit(turn, {
    type: 'cqCodesEntered',
    sessionId: session.id,
    callId: session.callId,
    agentId: session.agentId,
    groupId: session.service.groupId,
    codes: [...codes.values()],
  });
  return null;
}
