import { events } from '@cordboard/contract';
import type { SiteEvent } from '@cordboard/core';
import { decodeRow } from '@cordboard/server/testing';
import type { Findings, JournalRow } from '@cordboard/sim';

interface Durable {
  seq: number;
  event: string;
  json: string;
}

/** Every agent's stream as it stands in the journal: what each of his programs must see, item by item. */
export interface DurableStreams {
  take(row: JournalRow): void;
  of(agentId: number): readonly Durable[];
  readonly items: number;
  readonly steps: number;
  /** requests that were accepted, by agent */
  readonly accepted: ReadonlyMap<number, number>;
}

/** what tells one event from the next */
const shown = (json: string): string =>
  json
    .match(/"(?:ID|State|PrivateData|CallerName|ReadyStatus|LoggedOn|CanHold|CanHangup|CanRetrieve)":[^,]*/g)
    ?.join(' ') ?? json;

const documented = new Set<string>(events.map(each => each.name));

export const createDurableStreams = (findings: Findings): DurableStreams => {
  const streams = new Map<number, Durable[]>();
  const lastSeq = new Map<number, number>();
  const accepted = new Map<number, number>();
  let items = 0;
  let steps = 0;

  const takeItem = (agentId: number, seq: number, text: string) => {
    items += 1;
    const last = lastSeq.get(agentId) ?? 0;
    if (seq !== last + 1)
      findings.violated('SYS-01', `agent ${agentId}: the journal has item ${seq} after ${last}`);
    lastSeq.set(agentId, seq);
    const { event, values } = JSON.parse(text) as { event: string; values: unknown[] };
    if (!documented.has(event)) return;
    const stream = streams.get(agentId) ?? [];
    streams.set(agentId, stream);
    stream.push({ seq, event, json: JSON.stringify(values) });
  };

  return {
    take(row) {
      for (const step of decodeRow<SiteEvent>(row).steps) {
        steps += 1;
        for (const { agentId, seq, text } of step.published) takeItem(agentId, seq, text);
        for (const event of step.events) {
          if (event.type !== 'requestAnswered' || !event.answer.ok) continue;
          accepted.set(event.agentId, (accepted.get(event.agentId) ?? 0) + 1);
        }
      }
    },
    of: agentId => streams.get(agentId) ?? [],
    get items() {
      return items;
    },
    get steps() {
      return steps;
    },
    accepted,
  };
};

/** Follows one program's events along its agent's durable stream. */
export interface EventOrderCheck {
  event(name: string, values: readonly unknown[]): void;
  /** items may be missing from here on, and the program was told so */
  interrupted(): void;
  /** all durable items were seen */
  readonly upToDate: boolean;
}

export const createEventOrderCheck = (
  agentId: number,
  program: string,
  streams: DurableStreams,
  findings: Findings,
): EventOrderCheck => {
  /** positions at which the last event may stand; null: not known where, but not before `from` */
  let candidates: number[] | null = null;
  let from = 0;

  const positionsOf = (name: string, json: string): number[] => {
    const stream = streams.of(agentId);
    const matches = (position: number) => stream[position]?.event === name && stream[position]?.json === json;
    if (candidates) return candidates.map(each => each + 1).filter(matches);
    const found: number[] = [];
    for (let position = from; position < stream.length; position += 1)
      if (matches(position)) found.push(position);
    return found;
  };

  return {
    event(name, values) {
      const json = JSON.stringify(values);
      const found = positionsOf(name, json);
      if (found.length > 0) {
        candidates = found;
        from = found[0] ?? from;
      } else if (candidates) {
        const expected = streams.of(agentId)[(candidates[0] ?? 0) + 1];
        findings.violated(
          'SYS-01',
          `agent ${agentId}, ${program}: ${name} ${shown(json)} is not what comes next: ${expected?.event} ${shown(expected?.json ?? '')}`,
        );
      }
    },
    interrupted() {
      if (candidates) from = candidates[0] ?? from;
      candidates = null;
    },
    get upToDate() {
      const last = streams.of(agentId).length - 1;
      return candidates?.length === 1 && candidates[0] === last;
    },
  };
};
