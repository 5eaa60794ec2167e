import { type ICQCode, MediaType, type RefusalReason } from '@cordboard/contract';
import type { Session } from '../call/session.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';

/** The qualification codes of a service group, as they are shown. */
export function groupCodes(state: SiteState, groupId: number): ICQCode[] {
  const ids = state.directory.groups.get(groupId)?.cqCodes ?? [];
  return ids.flatMap(id => {
    const code = state.directory.cqCodes.get(id);
    return code === undefined ? [] : [{ ID: code.id, Code: code.code, Name: code.name }];
  });
}

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

export const codesOf = (session: Session, mediaType: number): RefusalReason | { value: ICQCode[] } =>
  mediaType === MediaType.Voice ? { value: session.cqCodes ?? [] } : 'wrongMedia';
