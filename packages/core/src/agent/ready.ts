import type { NamedArgumentsOf, RefusalReason } from '@cordboard/contract';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import type { Agent, NotReadyReason, ReadyMedia } from './agent.ts';

/** Ready or Not Ready for voice. Takes effect for the next call; a call or a wrap-up under way goes on. */
export function setVoiceReady(
  turn: Turn,
  agent: Agent,
  wanted: NamedArgumentsOf<'setReadyStatus'>,
): RefusalReason | null {
  if (agent.presence.type !== 'loggedOn') return 'notLoggedOn';
  const reason = wanted.status ? null : findReason(turn.state, wanted.reasonId ?? 0, wanted.reasonName ?? '');
  if (reason === undefined) return 'unknownReason';
  const same = agent.ready.voice === wanted.status && (agent.reason?.id ?? 0) === (reason?.id ?? 0);
  if (!same) {
    emit(turn, {
      type: 'agentReadyChanged',
      agentId: agent.id,
      media: 'voice',
      ready: wanted.status,
      reason,
    });
  }
  return null;
}

/** The id wins over the name; neither means no reason; undefined = there is no such reason. */
function findReason(state: SiteState, id: number, name: string): NotReadyReason | null | undefined {
  const { notReadyReasons } = state.configuration;
  if (id !== 0) return notReadyReasons.find(each => each.id === id);
  const wanted = plain(name);
  if (wanted === '') return null;
  return notReadyReasons.find(each => plain(each.name) === wanted);
}

const plain = (name: string): string => name.trim().toLowerCase();

/** The other media have a flag and no reasons. */
export function setOtherReady(
  turn: Turn,
  agent: Agent,
  media: Exclude<ReadyMedia, 'voice'>,
  ready: boolean,
): RefusalReason | null {
  if (agent.presence.type !== 'loggedOn') return 'notLoggedOn';
  if (agent.ready[media] !== ready) {
    emit(turn, { type: 'agentReadyChanged', agentId: agent.id, media, ready, reason: null });
  }
  return null;
}
