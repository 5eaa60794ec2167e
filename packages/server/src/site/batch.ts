import type { CallManagerCommand, Outcome, SiteMessage } from '@cordboard/core';
import type { Position } from '../telephony/call-manager.ts';
import type { SiteCore } from './core.ts';
import type { Entry } from './entry.ts';
import type { Model } from './model.ts';
import type { Lineage, Step } from './row.ts';
import { type StreamText, streamTexts } from './stream-rings.ts';

/** What an entry leads to once the steps up to it are durable. */
export interface Effect {
  entry: Entry;
  commands: { id: string; command: CallManagerCommand }[];
  published: StreamText[];
  /** answers whoever waits for it, with what was read at its place in the order */
  settle: () => void;
}

export interface Batch<Event> {
  steps: Step<Event>[];
  effects: Effect[];
  /** as of the end of the batch */
  lineage: Lineage;
}

/** The core could not take a message: a bug. Its state is not to be trusted any more. */
export class DecideFailed extends Error {
  readonly entry: Entry;

  constructor(entry: Entry, cause: unknown) {
    super(`the core failed on "${entry.type}"`, { cause });
    this.entry = entry;
  }
}

/** Decides the entries in order, in place. Nothing of it may be acted on before the row is in the journal. */
export function decideBatch<State, Event>(
  core: SiteCore<State, Event>,
  model: Model<State>,
  entries: Entry[],
  options: { site: number; now: number },
): Batch<Event> {
  const batch: Batch<Event> = { steps: [], effects: [], lineage: { ...model.lineage } };
  const first = model.last + 1;
  for (const entry of entries) {
    const { lineage } = batch;
    // a report has its own time, so that a call that ended while nobody listened has its true end
    const own = entry.type === 'report' ? Math.min(entry.report.at, options.now) : options.now;
    lineage.at = Math.max(lineage.at, own);
    lineage.position = positionAfter(entry, lineage.position);
    if (entry.type === 'report' || entry.type === 'legRefused') lineage.reports++;
    let outcome: Outcome<Event>;
    if (isStale(core, model.state, entry)) {
      batch.effects.push({ entry, commands: [], published: [], settle: () => entry.settle('stale') });
      continue;
    }
    try {
      outcome = core.decide(model.state, messageOf(entry, lineage));
    } catch (thrown) {
      throw new DecideFailed(entry, thrown);
    }
    const published = streamTexts(outcome.published, outcome.at);
    const something = outcome.events.length + published.length + outcome.commands.length > 0;
    if (something) {
      batch.steps.push({
        seq: first + batch.steps.length,
        at: lineage.at,
        events: outcome.events,
        published,
      });
    }
    const seq = model.last + batch.steps.length;
    batch.effects.push({
      entry,
      commands: outcome.commands.map((command, index) => ({
        id: `${options.site}:${seq}:${index}`,
        command,
      })),
      published,
      settle: settlement(core, model, entry, outcome.answer),
    });
  }
  return batch;
}

/** The client of an earlier logon has lost its right to attach. */
const isStale = <State, Event>(
  core: SiteCore<State, Event>,
  state: State,
  entry: Entry,
): entry is Entry & { type: 'clientAttached' } =>
  entry.type === 'clientAttached' && core.client(state, entry.agentId)?.name !== entry.client;

function positionAfter(entry: Entry, before: Position | null): Position | null {
  if (entry.type === 'report') return { instance: entry.instance, seq: entry.report.seq };
  if (entry.type === 'inventory') return { instance: entry.inventory.instance, seq: entry.seq };
  return before;
}

function messageOf(entry: Entry, lineage: Lineage): SiteMessage {
  const { at } = lineage;
  switch (entry.type) {
    case 'configure':
      return { at, type: 'configure', configuration: entry.configuration };
    case 'logOn': {
      const { agentId, extension, client, place } = entry;
      return { at, type: 'logOn', agentId, extension, client, ...(place && { place }) };
    }
    case 'logOff':
      return { at, type: 'logOff', agentId: entry.agentId };
    case 'clientAttached':
    case 'clientLost':
      return { at, type: entry.type, agentId: entry.agentId, client: entry.client };
    case 'request': {
      const { agentId, requestId, request } = entry;
      return { at, type: 'request', agentId, requestId, request };
    }
    case 'report':
      return { at, type: 'report', seq: lineage.reports, report: entry.report.report };
    case 'legRefused':
      return {
        at,
        type: 'report',
        seq: lineage.reports,
        report: { type: 'cleared', leg: entry.leg, cause: 'unreachable', byRemote: false },
      };
    case 'inventory':
      return { at, type: 'inventory', inventory: entry.inventory, seq: lineage.reports };
    case 'timersDue':
      return { at, type: 'timersDue' };
  }
}

/** Reads now what the answer needs, and gives a function that delivers it later. */
function settlement<State, Event>(
  core: SiteCore<State, Event>,
  model: Model<State>,
  entry: Entry,
  answer: Outcome<Event>['answer'],
): () => void {
  switch (entry.type) {
    case 'configure':
    case 'logOn':
    case 'logOff':
    case 'request':
      return () => entry.settle(answer ?? { ok: true, value: null });
    case 'clientAttached': {
      const agent = core.agent(model.state, entry.agentId);
      if (agent === null) return () => entry.settle('stale');
      const { stream } = model.lineage;
      return () =>
        entry.settle({
          stream,
          seq: agent.seq,
          snapshot: agent.snapshot,
          since: after => model.rings.after(entry.agentId, after, agent.seq),
        });
    }
    case 'clientLost':
    case 'report':
    case 'legRefused':
    case 'inventory':
    case 'timersDue':
      return () => undefined;
  }
}
