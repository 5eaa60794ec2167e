import type { AgentSnapshot, IUserInformation } from '@cordboard/contract';
import type { Answer, Outcome, Publication, SiteMessage } from '@cordboard/core';
import type { SiteCore } from '../core.ts';

/**
 * A core of a few lines for the tests of the loop: agents that are asked to make themselves ready, and legs that come and go.
 * As the real one it changes its state in place, answers a repeated request as the first time, and throws on what it does not know.
 */
export interface TallyState {
  agents: Record<
    number,
    { seq: number; client: string; attached: boolean; ready: boolean; answered: Record<string, true> }
  >;
  legs: Record<string, { arrivedAt: number; endedAt: number | null }>;
  reports: number;
  instances: string[];
  wakeAt: number | null;
  woken: number;
}

export type TallyEvent =
  | { type: 'ready'; agentId: number; requestId: string; ready: boolean }
  | { type: 'client'; agentId: number; client: string; attached: boolean }
  | { type: 'loggedOff'; agentId: number }
  | { type: 'arrived'; leg: string; at: number }
  | { type: 'ended'; leg: string; at: number }
  | { type: 'reported'; seq: number }
  | { type: 'instance'; name: string }
  | { type: 'woken' };

const accepted: Answer = { ok: true, value: true };

export const tallyCore: SiteCore<TallyState, TallyEvent> = {
  create: () => ({ agents: {}, legs: {}, reports: 0, instances: [], wakeAt: null, woken: 0 }),
  decide(state, message) {
    const outcome: Outcome<TallyEvent> = {
      at: message.at,
      events: [],
      answer: null,
      commands: [],
      published: [],
    };
    decide(state, message, outcome);
    return outcome;
  },
  evolve(state, step) {
    for (const event of step.events) evolve(state, event);
  },
  nextDue: state => state.wakeAt,
  client(state, agentId) {
    const agent = state.agents[agentId];
    return agent === undefined || agent.client === ''
      ? null
      : { name: agent.client, attached: agent.attached };
  },
  attached: state =>
    Object.entries(state.agents).flatMap(([agentId, agent]) => (agent.attached ? [Number(agentId)] : [])),
  agent(state, agentId) {
    const agent = state.agents[agentId];
    if (agentId <= 0) return null;
    return {
      seq: agent?.seq ?? 0,
      client: agent?.client ?? null,
      snapshot: {
        registered: agent?.ready ?? false,
        dispatch: { personalCalls: [], commonHoldCalls: [], voiceCalls: [] },
      } as unknown as AgentSnapshot,
    };
  },
  save: state => JSON.stringify(state),
  load: saved => saved as TallyState,
};

function happen(state: TallyState, outcome: Outcome<TallyEvent>, event: TallyEvent): void {
  outcome.events.push(event);
  evolve(state, event);
  if (event.type !== 'ready' && event.type !== 'loggedOff') return;
  const item: Publication['item'] =
    event.type === 'ready'
      ? { event: 'OnRegistrationStatus', values: [event.ready] }
      : { event: 'OnUserStatusUpdate', values: [{ LoggedOn: 0 } as IUserInformation] };
  outcome.published.push({ agentId: event.agentId, seq: state.agents[event.agentId]?.seq ?? 0, item });
}

function decide(state: TallyState, message: SiteMessage, outcome: Outcome<TallyEvent>): void {
  if (message.type === 'request') {
    outcome.answer = accepted;
    const { agentId, requestId, request } = message;
    if (request.method !== 'setReadyStatus') throw new Error(`the tally does not know ${request.method}`);
    if (state.agents[agentId]?.answered[requestId]) return;
    happen(state, outcome, { type: 'ready', agentId, requestId, ready: request.arguments.status });
  } else if (message.type === 'report') {
    decideReport(state, message, outcome);
  } else if (message.type === 'inventory') {
    decideInventory(state, message, outcome);
  } else if (message.type === 'timersDue' && state.wakeAt !== null && state.wakeAt <= message.at) {
    happen(state, outcome, { type: 'woken' });
  } else decidePresence(state, message, outcome);
}

/** As the real core: another instance has none of the legs that are known, whatever it lists. */
function decideInventory(
  state: TallyState,
  message: SiteMessage & { type: 'inventory' },
  outcome: Outcome<TallyEvent>,
): void {
  const { instance, legs } = message.inventory;
  const before = state.instances.at(-1);
  if (before !== instance) happen(state, outcome, { type: 'instance', name: instance });
  const there = new Set(before === undefined || before === instance ? legs.map(each => each.leg) : []);
  for (const [leg, { endedAt }] of Object.entries(state.legs)) {
    if (endedAt === null && !there.has(leg)) happen(state, outcome, { type: 'ended', leg, at: message.at });
  }
}

function decidePresence(state: TallyState, message: SiteMessage, outcome: Outcome<TallyEvent>): void {
  if (message.type === 'logOn') {
    outcome.answer = accepted;
    const { agentId, client } = message;
    happen(state, outcome, { type: 'client', agentId, client, attached: false });
  } else if (message.type === 'logOff') {
    happen(state, outcome, { type: 'loggedOff', agentId: message.agentId });
  } else if (message.type === 'clientAttached' || message.type === 'clientLost') {
    const { agentId, client } = message;
    if (state.agents[agentId]?.client !== client) return;
    happen(state, outcome, { type: 'client', agentId, client, attached: message.type === 'clientAttached' });
  }
}

function decideReport(
  state: TallyState,
  message: SiteMessage & { type: 'report' },
  outcome: Outcome<TallyEvent>,
): void {
  if (message.seq <= state.reports) return;
  const { report, at } = message;
  if (report.type === 'arrived') {
    if (report.calledNumber === 'poison') throw new Error('the tally cannot bear this number');
    happen(state, outcome, { type: 'arrived', leg: report.leg, at });
    outcome.commands.push(
      { type: 'alert', leg: report.leg },
      { type: 'answer', leg: report.leg, media: { type: 'none' } },
    );
  } else if (report.type === 'cleared') happen(state, outcome, { type: 'ended', leg: report.leg, at });
  happen(state, outcome, { type: 'reported', seq: message.seq });
}

function evolve(state: TallyState, event: TallyEvent): void {
  if (event.type === 'ready') {
    const agent = agentOf(state, event.agentId);
    agent.seq++;
    agent.ready = event.ready;
    agent.answered[event.requestId] = true;
  } else if (event.type === 'client') {
    const agent = agentOf(state, event.agentId);
    agent.client = event.client;
    agent.attached = event.attached;
  } else if (event.type === 'loggedOff') {
    const agent = agentOf(state, event.agentId);
    agent.seq++;
    agent.client = '';
    agent.attached = false;
  } else if (event.type === 'arrived') {
    state.legs[event.leg] = { arrivedAt: event.at, endedAt: null };
    state.wakeAt = event.at + 20_000;
  } else if (event.type === 'ended') {
    const leg = state.legs[event.leg];
    if (leg) leg.endedAt = event.at;
  } else if (event.type === 'reported') state.reports = event.seq;
  else if (event.type === 'instance') state.instances.push(event.name);
  else {
    state.wakeAt = null;
    state.woken++;
  }
}

function agentOf(state: TallyState, agentId: number) {
  const agent = state.agents[agentId] ?? { seq: 0, client: '', attached: false, ready: false, answered: {} };
  state.agents[agentId] = agent;
  return agent;
}
