import { CallRecordingState } from '@cordboard/contract';
import type { Session } from '../call/session.ts';
import { callOf, type SiteState } from '../state.ts';

const withSpeech: ReadonlySet<string> = new Set(['connected', 'conference']);

/** What is said now may be in a file: not on hold, nor while the customer is asked for secrets. */
export const isRecordable = (session: Session): boolean => withSpeech.has(session.phase.type);

/** What the service group of a session says; its call's own where the session came by another way. */
export function policyOf(state: SiteState, session: Session): 'never' | 'onRequest' | 'always' {
  return state.directory.groups.get(groupOf(state, session))?.record ?? 'onRequest';
}

export const groupOf = (state: SiteState, session: Session): number =>
  session.service?.groupId ?? callOf(state, session.callId).service?.groupId ?? 0;

/** RecordingState of ICall. */
export function recordingStateOf(state: SiteState, session: Session): CallRecordingState {
  if (state.recordings.bySession.get(session.id)?.stage !== 'running') return CallRecordingState.Stopped;
  return isRecordable(session) ? CallRecordingState.Recording : CallRecordingState.Paused;
}
