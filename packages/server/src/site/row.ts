import type { Position } from '../telephony/call-manager.ts';
import type { JournalRow, Snapshot } from './journal.ts';
import { type StreamText, streamItem } from './stream-rings.ts';

/** What one message led to, as it stands in the journal. */
export interface Step<Event> {
  seq: number;
  at: number;
  events: Event[];
  published: StreamText[];
}

/** What the loop itself must know again after a restart, beside the core's state. */
export interface Lineage {
  /** names the agents' streams; the same as long as the state goes on */
  stream: string;
  /** how far the call manager's reports are in the state */
  position: Position | null;
  /** reports taken so far, of all instances: the number that the core sees */
  reports: number;
  /** time of the last message; the next is not earlier */
  at: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The body of a group commit: JSON `{ lineage, steps: [[at, events, published]] }`. The items of the streams are put in as the
 * text that goes over the wire, so that nothing is made into text twice.
 */
export function encodeRow<Event>(after: number, steps: Step<Event>[], lineage: Lineage): JournalRow {
  const texts = steps.map(step => {
    const published = step.published.map(each => `[${each.agentId},${each.text}]`).join(',');
    return `[${step.at},${JSON.stringify(step.events)},[${published}]]`;
  });
  const body = encoder.encode(`{"lineage":${JSON.stringify(lineage)},"steps":[${texts.join(',')}]}`);
  return { after, last: after + steps.length, body };
}

interface RowBody<Event> {
  lineage: Lineage;
  steps: [
    at: number,
    events: Event[],
    published: [agentId: number, item: Parameters<typeof streamItem>[2]][],
  ][];
}

export function decodeRow<Event>(row: JournalRow): { steps: Step<Event>[]; lineage: Lineage } {
  const body = JSON.parse(decoder.decode(row.body)) as RowBody<Event>;
  const steps = body.steps.map(([at, events, published], index) => ({
    seq: row.after + 1 + index,
    at,
    events,
    published: published.map(([agentId, item]) => streamItem(agentId, at, item)),
  }));
  return { steps, lineage: body.lineage };
}

interface SnapshotBody {
  lineage: Lineage;
  /** the streams' newest items are in the steps after this one */
  streamsAfter: number;
  state: unknown;
}

export const encodeSnapshot = (
  seq: number,
  { state, ...rest }: Omit<SnapshotBody, 'state'> & { state: string },
): Snapshot => ({
  seq,
  // the state is text already: it is large, and nothing else happens while it is made
  body: encoder.encode(`${JSON.stringify(rest).slice(0, -1)},"state":${state}}`),
});

export const decodeSnapshot = (snapshot: Snapshot): SnapshotBody =>
  JSON.parse(decoder.decode(snapshot.body)) as SnapshotBody;
