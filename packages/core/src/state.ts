import { type Agent, newAgent } from './agent/agent.ts';
import type { Call } from './call/call.ts';
import type { Session } from './call/session.ts';
import type { SiteConfiguration } from './configuration/configuration.ts';
import { createDirectory, type Directory, emptyConfiguration } from './configuration/directory.ts';
import { createDispatch, type Dispatch, type Item } from './dispatch/dispatch.ts';
import type { ShownItem } from './dispatch/shown-item.ts';
import type { Leg } from './leg/leg.ts';
import { createMonitors, type Monitors } from './monitor/monitor.ts';
import type { LegId } from './ports/call-manager.ts';
import { createRealTime, type RealTime } from './real-time/real-time.ts';
import { createRecordings, type Recordings } from './recording/recording.ts';
import { createQueues, type Queues } from './routing/queues.ts';
import type { AgentId, Publication, Time } from './site.ts';
import { Timers } from './timer/timers.ts';

/** The phone of an extension, as far as the call manager has told. */
export interface Phone {
  extension: string;
  registered: boolean;
  /** IP address, '' = not known */
  address: string;
  /** logged on there, 0 = nobody */
  agentId: AgentId;
  /** its live legs that are in no agent's session */
  looseLegs: number;
}

/** Numbers given so far. All ids come from here, so that they are never given twice. */
export interface Counters {
  call: number;
  session: number;
  leg: number;
  /** places in orders: idle agents, arrivals, timers, holds */
  order: number;
}

/** What a step has done so far and what follows from it; empty between steps. */
export interface StepNotes {
  published: Publication[];
  touched: Set<AgentId>;
  /** sessions with a change of phase that is not published yet */
  unspoken: Set<number>;
  /** became available */
  freed: AgentId[];
  /** came into a queue */
  queued: number[];
  /** what waits for somebody to pick it: new, changed, and gone as it was last */
  freshItems: Set<Item>;
  changedItems: Set<Item>;
  goneItems: { item: Item; told: ShownItem }[];
  /** subscribed, and are shown what waits under these keys */
  shows: { agentId: AgentId; keys: string[] }[];
  /** are told of more or of less now */
  coverage: Set<AgentId>;
  /** groups whose number of waiting calls has changed, or may be told again */
  counted: Set<number>;
}

/** One site. Owned by one loop and changed in place, by `evolve` alone. */
export interface SiteState {
  now: Time;
  configuration: SiteConfiguration;
  counters: Counters;
  callManager: { instance: string; seq: number };
  agents: Map<AgentId, Agent>;
  phones: Map<string, Phone>;
  calls: Map<number, Call>;
  sessions: Map<number, Session>;
  legs: Map<LegId, Leg>;
  timers: Timers;
  dispatch: Dispatch;
  realTime: RealTime;
  /** seconds that calls of a service group have waited lately */
  waits: Map<number, number>;
  recordings: Recordings;
  monitors: Monitors;
  /** derived */
  directory: Directory;
  /** derived */
  queues: Queues;
  step: StepNotes;
}

export const createNotes = (): StepNotes => ({
  published: [],
  touched: new Set(),
  unspoken: new Set(),
  freed: [],
  queued: [],
  freshItems: new Set(),
  changedItems: new Set(),
  goneItems: [],
  shows: [],
  coverage: new Set(),
  counted: new Set(),
});

/** An empty site: the first message configures it. */
export function createSite(): SiteState {
  const configuration = emptyConfiguration();
  return {
    now: 0,
    configuration,
    counters: { call: 0, session: 0, leg: 0, order: 0 },
    callManager: { instance: '', seq: 0 },
    agents: new Map(),
    phones: new Map(),
    calls: new Map(),
    sessions: new Map(),
    legs: new Map(),
    timers: new Timers(),
    dispatch: createDispatch(),
    realTime: createRealTime(),
    waits: new Map(),
    recordings: createRecordings(),
    monitors: createMonitors(),
    directory: createDirectory(configuration),
    queues: createQueues(),
    step: createNotes(),
  };
}

export const nextOrder = (state: SiteState): number => {
  state.counters.order += 1;
  return state.counters.order;
};

export function agentOf(state: SiteState, agentId: AgentId): Agent {
  const known = state.agents.get(agentId);
  if (known !== undefined) return known;
  const agent = newAgent(agentId);
  state.agents.set(agentId, agent);
  return agent;
}

export function phoneOf(state: SiteState, extension: string): Phone {
  const known = state.phones.get(extension);
  if (known !== undefined) return known;
  const phone = { extension, registered: false, address: '', agentId: 0, looseLegs: 0 };
  state.phones.set(extension, phone);
  return phone;
}

/** The agent who is logged on at an extension. */
export function agentAt(state: SiteState, extension: string): Agent | undefined {
  const agentId = state.phones.get(extension)?.agentId ?? 0;
  return agentId === 0 ? undefined : state.agents.get(agentId);
}

/** What must exist where it is asked for; otherwise the program is wrong. */
export function need<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}

export const sessionOf = (state: SiteState, id: number): Session =>
  need(state.sessions.get(id), `session ${id}`);
export const callOf = (state: SiteState, id: number): Call => need(state.calls.get(id), `call ${id}`);
export const legOf = (state: SiteState, id: LegId): Leg => need(state.legs.get(id), `leg ${id}`);

/** What each agent of a call can do now may be another: transferring depends on who else is there. */
export function touchAll(state: SiteState, callId: number): void {
  for (const id of state.calls.get(callId)?.sessions ?? []) {
    state.step.touched.add(sessionOf(state, id).agentId);
  }
}

/** The sessions of an agent, oldest first. */
export function* sessionsOf(state: SiteState, agent: Agent): Generator<Session> {
  for (const id of agent.sessions) yield sessionOf(state, id);
}
