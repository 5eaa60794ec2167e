import type { Position } from '../telephony/call-manager.ts';
import type { JournalRow, Snapshot } from './journal.ts';
import { type StreamText, sharedText, streamItem } from './stream-rings.ts';

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
    const published = encodePublished(step.published);
    return `[${step.at},${JSON.stringify(step.events)},[${published}]]`;
  });
  const body = encoder.encode(`{"lineage":${JSON.stringify(lineage)},"steps":[${texts.join(',')}]}`);
  return { after, last: after + steps.length, body };
}

/** What several agents hear stands once, with `[agent, number, agent, number ...]` before it. */
function encodePublished(published: readonly StreamText[]): string {
  const texts: string[] = [];
  for (let index = 0; index < published.length; ) {
    const first = published[index];
    if (first === undefined) break;
    const to: number[] = [];
    for (; index < published.length; index += 1) {
      const each = published[index];
      if (each === undefined || each.shared === undefined || each.shared !== first.shared) break;
      to.push(each.agentId, each.seq);
    }
    if (to.length > 2) {
      texts.push(`[[${to}],${first.shared}]`);
    } else {
      texts.push(`[${first.agentId},${first.text}]`);
      if (to.length === 0) index += 1;
    }
  }
  return texts.join(',');
}

type PublishedBody =
  | [agentId: number, item: Parameters<typeof streamItem>[2]]
  | [to: number[], item: { event: string; values: readonly unknown[] }];

function decodePublished(bodies: readonly PublishedBody[], at: number): StreamText[] {
  return bodies.flatMap(body => {
    const [to, item] = body;
    if (!Array.isArray(to)) return [streamItem(to, at, item as Parameters<typeof streamItem>[2])];
    const shared = JSON.stringify(item);
    const texts: StreamText[] = [];
    for (let index = 0; index + 1 < to.length; index += 2) {
      texts.push(sharedText(shared, to[index] ?? 0, to[index + 1] ?? 0, at));
    }
    return texts;
  });
}

interface RowBody<Event> {
  lineage: Lineage;
  steps: [at: number, events: Event[], published: PublishedBody[]][];
}

export function decodeRow<Event>(row: JournalRow): { steps: Step<Event>[]; lineage: Lineage } {
  const body = JSON.parse(decoder.decode(row.body)) as RowBody<Event>;
  const steps = body.steps.map(([at, events, published], index) => ({
    seq: row.after + 1 + index,
    at,
    events,
    published: decodePublished(published, at),
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
