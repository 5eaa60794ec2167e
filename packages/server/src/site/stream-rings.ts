import type { Publication } from '@cordboard/core';

/**
 * One item of an agent's stream, as its text goes over the wire (`StreamItemMessage`): made once, kept, journaled and
 * sent as it is.
 */
export interface StreamText {
  agentId: number;
  seq: number;
  at: number;
  text: string;
  /** the item says that the agent is logged off */
  loggedOff: boolean;
  /** the text without its number: one for all who hear the same; absent = this agent's alone */
  shared?: string;
}

/** What was published, as text. What many hear stands behind each other and is made into text once. */
export function streamTexts(published: readonly Publication[], at: number): StreamText[] {
  const texts: StreamText[] = [];
  for (const [index, { agentId, seq, item }] of published.entries()) {
    const before = published[index - 1]?.item === item ? texts[index - 1]?.shared : undefined;
    texts.push(before === undefined ? ownText(item, agentId, seq, at) : sharedText(before, agentId, seq, at));
  }
  return texts;
}

function ownText(
  { event, values }: Publication['item'],
  agentId: number,
  seq: number,
  at: number,
): StreamText {
  const shared = JSON.stringify({ event, values });
  return { ...sharedText(shared, agentId, seq, at), loggedOff: isLogOff(event, values) };
}

/** `shared`: the item without its number. */
export const sharedText = (shared: string, agentId: number, seq: number, at: number): StreamText => ({
  agentId,
  seq,
  at,
  text: `{"seq":${seq},${shared.slice(1)}`,
  loggedOff: false,
  shared,
});

const isLogOff = (event: string, values: readonly unknown[]): boolean =>
  event === 'OnUserStatusUpdate' && (values[0] as { LoggedOn?: number }).LoggedOn === 0;

interface WireItem {
  seq: number;
  event: string;
  values: readonly unknown[];
}

export function streamItem(agentId: number, at: number, item: WireItem): StreamText {
  const loggedOff = isLogOff(item.event, item.values);
  return { agentId, seq: item.seq, at, text: JSON.stringify(item), loggedOff };
}

export interface RingBounds {
  /** of one agent */
  items: number;
  milliseconds: number;
}

/** The newest items of every agent's stream, so that a broken connection can go on where it was. */
export class StreamRings {
  readonly #bounds: RingBounds;
  readonly #rings = new Map<number, StreamText[]>();

  constructor(bounds: RingBounds) {
    this.#bounds = bounds;
  }

  push(item: StreamText): void {
    const ring = this.#rings.get(item.agentId);
    if (ring === undefined) this.#rings.set(item.agentId, [item]);
    else {
      ring.push(item);
      // dropping in halves makes the cost of one item constant
      if (ring.length >= 2 * this.#bounds.items) ring.splice(0, ring.length - this.#bounds.items);
    }
  }

  /** The items after `after`, or null when they are not all here any more. `last` is the number of the newest item. */
  after(agentId: number, after: number, last: number): StreamText[] | null {
    if (after > last || after < 0) return null;
    if (after === last) return [];
    const ring = this.#rings.get(agentId) ?? [];
    const first = ring[0];
    if (first === undefined || first.seq > after + 1) return null;
    return ring.slice(after + 1 - first.seq);
  }

  /** What is kept after `seq`. */
  newerThan(agentId: number, seq: number): StreamText[] {
    return (this.#rings.get(agentId) ?? []).filter(each => each.seq > seq);
  }

  /** Forgets what is older than the bound. Costs a look at every agent: for every minute, not for every item. */
  forgetOld(now: number): void {
    const oldest = now - this.#bounds.milliseconds;
    for (const [agentId, ring] of this.#rings) {
      const keep = ring.findIndex(each => each.at >= oldest);
      if (keep === -1) this.#rings.delete(agentId);
      else if (keep > 0) ring.splice(0, keep);
    }
  }
}
