import type { Session } from '../call/session.ts';
import { callOf, type SiteState, sessionOf } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { groupOf, isRecordable, policyOf } from './recordable.ts';
import { named, type RecordingCause } from './recording.ts';

/** Brings the recordings of everybody with whom something has changed to where his sessions are. */
export function settleRecordings(turn: Turn): void {
  for (const agentId of turn.state.step.touched) {
    for (const id of turn.state.agents.get(agentId)?.sessions ?? []) {
      settleRecording(turn, sessionOf(turn.state, id));
    }
  }
}

function settleRecording(turn: Turn, session: Session): void {
  const recording = turn.state.recordings.bySession.get(session.id);
  if (recording === undefined) {
    const cause = isRecordable(session) ? causeToRecord(turn.state, session) : null;
    if (cause !== null) begin(turn, session, cause);
    return;
  }
  const paused = !isRecordable(session);
  if (recording.stage === 'failed' || recording.paused === paused) return;
  emit(turn, { type: 'recordingPaused', ...named(recording), on: paused });
  order(turn, { type: 'pauseRecording', leg: recording.leg, on: paused });
}

function causeToRecord(state: SiteState, session: Session): RecordingCause | null {
  if (isBeingCompleted(state, session.legId)) return null;
  // who listens hears others, and is recorded where they are
  if (callOf(state, session.callId).monitoring === true) return null;
  switch (policyOf(state, session)) {
    case 'always':
      return 'policy';
    case 'onRequest':
      return state.recordings.wanted.has(session.agentId) ? 'asked' : null;
    case 'never':
      return null;
  }
}

/** A leg has one file at a time. */
function isBeingCompleted(state: SiteState, leg: string): boolean {
  for (const recording of state.recordings.ending.values()) if (recording.leg === leg) return true;
  return false;
}

function begin(turn: Turn, session: Session, cause: RecordingCause): void {
  const { state } = turn;
  const { legId: leg } = session;
  const file = `${state.configuration.site.id}-${state.now}-${session.id}-${state.recordings.count + 1}.wav`;
  emit(turn, {
    type: 'recordingBegun',
    recording: {
      file,
      leg,
      sessionId: session.id,
      callId: session.callId,
      agentId: session.agentId,
      groupId: groupOf(state, session),
      tenantId: state.directory.users.get(session.agentId)?.tenantId ?? 0,
      cause,
      requestId: cause === 'asked' ? (state.recordings.wanted.get(session.agentId)?.requestId ?? '') : '',
    },
  });
  order(turn, { type: 'startRecording', leg, file });
}
