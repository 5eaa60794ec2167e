import { isLive } from '../call/session.ts';
import type { SiteState } from '../state.ts';

/** What must hold of recordings and of those who listen. */
export function* listenerFaults(state: SiteState): Generator<string> {
  yield* recordingFaults(state);
  yield* monitorFaults(state);
  for (const call of state.calls.values()) {
    if (call.monitoring === true && call.legs.length > 1)
      yield `call ${call.id} has others than its listener`;
  }
}

function* recordingFaults({ recordings, sessions, legs }: SiteState): Generator<string> {
  const files = new Set<string>();
  for (const [id, recording] of recordings.bySession) {
    const session = sessions.get(id);
    if (session === undefined || !isLive(session)) yield `session ${id} is over and recorded`;
    if (session?.legId !== recording.leg || !legs.has(recording.leg)) yield `${recording.file} has no leg`;
    if (recording.agentId !== session?.agentId) yield `${recording.file} is of another agent`;
    files.add(recording.file);
  }
  for (const recording of recordings.ending.values()) {
    if (recording.stage === 'failed') yield `${recording.file} has failed and is waited for`;
    if (files.has(recording.file)) yield `${recording.file} runs and ends`;
  }
}

function* monitorFaults(state: SiteState): Generator<string> {
  const { bySupervisor, watchers } = state.monitors;
  for (const { supervisorId, agentId, stage } of bySupervisor.values()) {
    const name = `the monitor of agent ${supervisorId}`;
    if (state.agents.get(supervisorId)?.presence.type !== 'loggedOn') yield `${name} is left over`;
    if (state.agents.get(agentId)?.presence.type === 'loggedOff') yield `${name} is of nobody`;
    if (!watchers.get(agentId)?.includes(supervisorId)) yield `${name} is not indexed`;
    if (stage.type === 'waiting') continue;
    const session = state.sessions.get(stage.sessionId);
    if (session?.agentId !== supervisorId || !isLive(session)) yield `${name} hears nothing`;
    if (state.calls.get(stage.callId)?.monitoring !== true) yield `${name} is in another call`;
  }
  const indexed = [...watchers.values()].reduce((sum, each) => sum + each.length, 0);
  if (indexed !== bySupervisor.size) yield 'the index of monitors has others';
}
