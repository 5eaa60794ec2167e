import type { RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { callOf, sessionsOf } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { isRecordable, policyOf } from './recordable.ts';
import { named, type Recording } from './recording.ts';

/** Records the call that the agent speaks on, or else his next one; with `allCalls` each of them until he stops it. */
export function startRecording(
  turn: Turn,
  agent: Agent,
  allCalls: boolean,
  requestId: string,
): RefusalReason | null {
  const { state } = turn;
  const current = [...sessionsOf(state, agent)].find(
    each => isRecordable(each) && callOf(state, each.callId).monitoring !== true,
  );
  if (!allCalls && current !== undefined) {
    if (policyOf(state, current) === 'never') return 'recordingDecided';
    const recording = state.recordings.bySession.get(current.id);
    if (recording !== undefined && recording.stage !== 'failed') return null;
  }
  // what he has asked for before is not taken back by asking for less
  const calls = allCalls || state.recordings.wanted.get(agent.id)?.calls === 'all' ? 'all' : 'next';
  emit(turn, { type: 'recordingAsked', agentId: agent.id, calls, requestId });
  return null;
}

/** Ends what he has asked for: the recordings that run, also paused ones, and those that were to come. */
export function stopRecording(turn: Turn, agent: Agent): RefusalReason | null {
  const { recordings } = turn.state;
  const wished = recordings.wanted.has(agent.id);
  const running = agent.sessions.flatMap(id => recordings.bySession.get(id) ?? []).filter(isAlive);
  const asked = running.filter(each => each.cause === 'asked');
  if (!wished && asked.length === 0) return running.length === 0 ? 'notRecording' : 'recordingDecided';
  if (wished) emit(turn, { type: 'recordingUnasked', agentId: agent.id });
  for (const recording of asked) {
    emit(turn, { type: 'recordingStopping', ...named(recording) });
    order(turn, { type: 'stopRecording', leg: recording.leg });
  }
  return null;
}

const isAlive = (recording: Recording): boolean => recording.stage !== 'failed';
