import type { Agent } from './agent/agent.ts';
import type { Call } from './call/call.ts';
import type { Session } from './call/session.ts';
import type { SiteConfiguration } from './configuration/configuration.ts';
import { createDirectory } from './configuration/directory.ts';
import { restoreDispatch, type SavedDispatch, saveDispatch } from './dispatch/saved-dispatch.ts';
import type { Leg } from './leg/leg.ts';
import { type Monitor, restoreMonitors, saveMonitors } from './monitor/monitor.ts';
import { restoreRealTime, type SavedRealTime, saveRealTime } from './real-time/real-time.ts';
import { restoreRecordings, type SavedRecordings, saveRecordings } from './recording/recording.ts';
import { rebuildQueues } from './routing/rebuild-queues.ts';
import type { Answer, Time } from './site.ts';
import { type Counters, createSite, type Phone, type SiteState } from './state.ts';
import type { Timer } from './timer/timers.ts';

/** A state as plain data for JSON: what is derived is left out and built again. */
export interface SiteSnapshot {
  now: Time;
  configuration: SiteConfiguration;
  counters: Counters;
  callManager: SiteState['callManager'];
  agents: (Omit<Agent, 'answers'> & { answers: [requestId: string, answer: Answer][] })[];
  phones: Phone[];
  calls: Call[];
  sessions: Session[];
  legs: Leg[];
  timers: Timer[];
  dispatch?: SavedDispatch;
  realTime?: SavedRealTime;
  /** absent in older ones */
  waits?: [groupId: number, seconds: number][];
  recordings?: SavedRecordings;
  monitors?: Monitor[];
}

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Shares nothing with the state, which goes on changing. Between steps only. */
export const snapshot = (state: SiteState): SiteSnapshot => JSON.parse(snapshotText(state)) as SiteSnapshot;

/** The snapshot as JSON, made in one pass: the site stands still for as long as this takes. */
export function snapshotText(state: SiteState): string {
  const saved: SiteSnapshot = {
    now: state.now,
    configuration: state.configuration,
    counters: state.counters,
    callManager: state.callManager,
    agents: [...state.agents.values()].map(each => ({ ...each, answers: [...each.answers] })),
    phones: [...state.phones.values()],
    calls: [...state.calls.values()],
    sessions: [...state.sessions.values()],
    legs: [...state.legs.values()],
    timers: state.timers.save(),
    dispatch: saveDispatch(state.dispatch),
    realTime: saveRealTime(state.realTime),
    waits: [...state.waits],
    recordings: saveRecordings(state.recordings),
    monitors: saveMonitors(state.monitors),
  };
  return JSON.stringify(saved);
}

/** What snapshots of earlier releases lack: put after what they have, so that what is saved again reads the same. */
const laterInCalls = {
  consultationOf: 0,
  consulting: null,
  recall: null,
  place: null,
} satisfies Partial<Call>;
const laterInSessions = { consulting: null } satisfies Partial<Session>;
const laterInLegs = { party: { number: '', name: '' }, early: false } satisfies Partial<Leg>;

/** A state that behaves from here on as the one that was saved. */
export function restore(saved: SiteSnapshot): SiteState {
  const from = copy(saved);
  const state = createSite();
  state.now = from.now;
  state.configuration = from.configuration;
  state.directory = createDirectory(from.configuration);
  state.counters = from.counters;
  state.callManager = from.callManager;
  state.agents = new Map(from.agents.map(each => [each.id, { ...each, answers: new Map(each.answers) }]));
  state.phones = new Map(from.phones.map(each => [each.extension, each]));
  state.calls = new Map(from.calls.map(each => [each.id, { ...each, ...laterInCalls, ...each }]));
  state.sessions = new Map(from.sessions.map(each => [each.id, { ...each, ...laterInSessions, ...each }]));
  state.legs = new Map(from.legs.map(each => [each.id, { ...each, ...laterInLegs, ...each }]));
  for (const timer of from.timers) state.timers.set(timer);
  state.recordings = restoreRecordings(from.recordings);
  state.waits = new Map(from.waits);
  state.monitors = restoreMonitors(from.monitors);
  state.dispatch = restoreDispatch(from.dispatch);
  state.realTime = restoreRealTime(from.realTime);
  rebuildQueues(state);
  return state;
}
