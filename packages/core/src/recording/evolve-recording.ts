import { CallRecordingState } from '@cordboard/contract';
import type { SiteState } from '../state.ts';
import { agentOf } from '../state.ts';
import { publishFailure } from '../stream/publish.ts';
import { recordingStateOf } from './recordable.ts';
import type { Recording, RecordingEvent, RecordingNamed } from './recording.ts';

export function evolveRecording(state: SiteState, event: RecordingEvent): void {
  const shown = shownOf(state, event);
  evolve(state, event);
  // what is shown of the session is another
  const session = 'sessionId' in event ? state.sessions.get(event.sessionId) : undefined;
  if (session !== undefined && shownOf(state, event) !== shown) session.revision += 1;
}

function shownOf(state: SiteState, event: RecordingEvent): CallRecordingState {
  const session = 'sessionId' in event ? state.sessions.get(event.sessionId) : undefined;
  return session === undefined ? CallRecordingState.Stopped : recordingStateOf(state, session);
}

function evolve(state: SiteState, event: RecordingEvent): void {
  const { recordings } = state;
  switch (event.type) {
    case 'recordingAsked':
      recordings.wanted.set(event.agentId, { calls: event.calls, requestId: event.requestId });
      forgetFailed(state, event.agentId);
      state.step.touched.add(event.agentId);
      return;
    case 'recordingUnasked':
      recordings.wanted.delete(event.agentId);
      return;
    case 'recordingBegun':
      begin(state, { ...event.recording, stage: 'begun', paused: false });
      return;
    case 'recordingStarted': {
      const recording = find(state, event);
      if (recording !== undefined) recording.stage = 'running';
      changed(state, event);
      return;
    }
    case 'recordingPaused': {
      const recording = recordings.bySession.get(event.sessionId);
      if (recording !== undefined) recording.paused = event.on;
      return;
    }
    case 'recordingStopping':
      closeRecording(state, event.sessionId);
      changed(state, event);
      return;
    case 'recordingEnded':
      end(state, event);
  }
}

function begin(state: SiteState, recording: Recording): void {
  const { recordings } = state;
  recordings.count += 1;
  recordings.bySession.set(recording.sessionId, recording);
  if (recordings.wanted.get(recording.agentId)?.calls === 'next') recordings.wanted.delete(recording.agentId);
}

function end(state: SiteState, event: Extract<RecordingEvent, { type: 'recordingEnded' }>): void {
  const { recordings } = state;
  if (!recordings.ending.delete(event.file)) {
    const recording = recordings.bySession.get(event.sessionId);
    if (recording !== undefined) recording.stage = 'failed';
  }
  changed(state, event);
  if (!event.unexpected || event.requestId === '') return;
  publishFailure(state, agentOf(state, event.agentId), {
    requestId: event.requestId,
    reason: 'recordingFailed',
    detail: '',
  });
}

/** The session takes part in no call any more: its recording ends with its leg. */
export function closeRecording(state: SiteState, sessionId: number): void {
  const { bySession, ending } = state.recordings;
  const recording = bySession.get(sessionId);
  if (recording === undefined) return;
  bySession.delete(sessionId);
  const never = recording.stage === 'begun' && !state.legs.has(recording.leg);
  if (recording.stage !== 'failed' && !never) ending.set(recording.file, recording);
}

/** A recording that had not begun when its leg went never will: nobody reports its end. */
export function dropUnbegun(state: SiteState, leg: string): void {
  const { ending } = state.recordings;
  for (const [file, recording] of ending) {
    if (recording.leg === leg && recording.stage === 'begun') ending.delete(file);
  }
}

export function find(state: SiteState, of: { file: string; sessionId: number }): Recording | undefined {
  const current = state.recordings.bySession.get(of.sessionId);
  return current?.file === of.file ? current : state.recordings.ending.get(of.file);
}

/** Asked for again: what failed may be tried again. */
function forgetFailed(state: SiteState, agentId: number): void {
  for (const id of agentOf(state, agentId).sessions) {
    if (state.recordings.bySession.get(id)?.stage === 'failed') state.recordings.bySession.delete(id);
  }
}

/** What waited for the end of an earlier recording can begin, and the agent is told. */
function changed(state: SiteState, of: RecordingNamed): void {
  const session = state.sessions.get(of.sessionId);
  if (session === undefined) return;
  state.step.touched.add(session.agentId);
}
