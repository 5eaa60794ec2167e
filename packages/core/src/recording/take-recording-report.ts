import type { CallManagerCommand, CallManagerInventory, CallManagerReport } from '../ports/call-manager.ts';
import type { SiteState } from '../state.ts';
import { emit, order, type Turn } from '../turn.ts';
import { find } from './evolve-recording.ts';
import { named, type Recording } from './recording.ts';

type RecordingReport = Extract<CallManagerReport, { type: 'recordingStarted' | 'recordingStopped' }>;

export function takeRecordingReport(turn: Turn, report: RecordingReport): void {
  const sessionId = turn.state.legs.get(report.leg)?.sessionId ?? 0;
  const recording = find(turn.state, { file: report.file, sessionId });
  if (recording === undefined || recording.stage === 'failed') return;
  if (report.type === 'recordingStopped') end(turn, recording, report.milliseconds);
  else if (recording.stage === 'begun') start(turn, recording);
}

function start(turn: Turn, recording: Recording): void {
  const { tenantId, cause } = recording;
  emit(turn, { type: 'recordingStarted', ...named(recording), tenantId, cause });
  announce(turn, recording);
}

function end(turn: Turn, recording: Recording, milliseconds: number | null): void {
  const unexpected = !turn.state.recordings.ending.has(recording.file);
  const { requestId } = recording;
  emit(turn, { type: 'recordingEnded', ...named(recording), milliseconds, unexpected, requestId });
}

/** Those whose voices are in the file are told, where the service group wants it. */
function announce(turn: Turn, { callId, groupId }: Recording): void {
  const { directory, calls, legs } = turn.state;
  const sound = directory.groups.get(groupId)?.recordingAnnouncement ?? '';
  if (sound === '') return;
  for (const leg of calls.get(callId)?.legs ?? []) {
    if (legs.get(leg)?.progress === 'up') order(turn, { type: 'announce', leg, sound });
  }
}

/** What was missed: a recording that runs has started, and one that does not has ended; how long it is, nobody tells. */
export function meetRecordings(turn: Turn, inventory: CallManagerInventory): void {
  const { bySession, ending } = turn.state.recordings;
  const recorded = new Set(inventory.legs.filter(each => each.recording).map(each => each.leg));
  for (const recording of [...ending.values()]) end(turn, recording, null);
  for (const recording of [...bySession.values()]) {
    const isRecorded = recorded.has(recording.leg);
    if (recording.stage === 'begun' && isRecorded) start(turn, recording);
    if (recording.stage === 'running' && !isRecorded) end(turn, recording, null);
  }
}

/** What has to be ordered again, so that what is recorded is what should be. */
export function recordingCommands(state: SiteState, inventory: CallManagerInventory): CallManagerCommand[] {
  return inventory.legs.flatMap(now => recordingCommandsOf(state, now));
}

function recordingCommandsOf(
  state: SiteState,
  now: CallManagerInventory['legs'][number],
): CallManagerCommand[] {
  const leg = state.legs.get(now.leg);
  if (leg === undefined || leg.clearing !== null) return [];
  const recording = state.recordings.bySession.get(leg.sessionId);
  if (recording === undefined || recording.stage === 'failed') {
    return now.recording ? [{ type: 'stopRecording', leg: leg.id }] : [];
  }
  const { file, paused } = recording;
  const commands: CallManagerCommand[] = [];
  if (!now.recording) commands.push({ type: 'startRecording', leg: leg.id, file });
  if ((now.recordingPaused ?? false) !== paused) {
    commands.push({ type: 'pauseRecording', leg: leg.id, on: paused });
  }
  return commands;
}
