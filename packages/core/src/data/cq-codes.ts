import { type ICQCode, MediaType, type RefusalReason } from '@cordboard/contract';
import type { Session } from '../call/session.ts';
import type { SiteState } from '../state.ts';

/** The qualification codes of a service group, as they are shown. */
export function groupCodes(state: SiteState, groupId: number): ICQCode[] {
  const ids = state.directory.groups.get(groupId)?.cqCodes ?? [];
  return ids.flatMap(id => {
    const code = state.directory.cqCodes.get(id);
    return code === undefined ? [] : [{ ID: code.id, Code: code.code, Name: code.name }];
  });
}

export const codesOf = (session: Session, mediaType: number): RefusalReason | { value: ICQCode[] } =>
  mediaType === MediaType.Voice ? { value: session.cqCodes ?? [] } : 'wrongMedia';
