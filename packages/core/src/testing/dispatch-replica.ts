import { type AgentSnapshot, type Coverage, UpdateType } from '@cordboard/contract';
import type { StreamItem } from '../site.ts';

interface Identified {
  ID: number;
  ServiceGroupID?: number;
}
type Kind = 'personal' | 'commonHold' | 'voice';

const kinds: Partial<Record<StreamItem['event'], Kind>> = {
  OnDispatchPersonalCallEvent: 'personal',
  OnDispatchCommonHoldCallEvent: 'commonHold',
  OnDispatchVoiceCallEvent: 'voice',
};

const byId = (left: Identified, right: Identified): number => left.ID - right.ID;

/** What an agent's application holds of what waits, from the items of his stream alone. */
export class DispatchReplica {
  readonly #items: Record<Kind, Map<number, Identified>> = {
    personal: new Map(),
    commonHold: new Map(),
    voice: new Map(),
  };
  readonly #figures = new Map<number, number>();
  /** updates and deletes of what was never told, and adds of ids that were deleted */
  readonly faults: string[] = [];
  readonly #deleted = new Set<number>();

  /** A group that is to be picked from again brings back what waits there under its old id. */
  configured(): void {
    this.#deleted.clear();
  }

  take(item: StreamItem): void {
    const kind = kinds[item.event];
    if (kind !== undefined) this.#takeItem(kind, ...(item.values as unknown as [Identified, UpdateType]));
    if (item.event === 'coverage') this.#cover(item.values[0]);
    if (item.event === 'OnRealTimeInformationUpdate') {
      const [{ ServiceGroupID, CallsInQueue }] = item.values;
      this.#figures.set(ServiceGroupID, CallsInQueue);
    }
  }

  #takeItem(kind: Kind, value: Identified, update: UpdateType): void {
    const items = this.#items[kind];
    if (update !== UpdateType.Add && !items.has(value.ID))
      this.faults.push(`${kind} ${value.ID} was not known`);
    if (this.#deleted.has(value.ID)) this.faults.push(`${kind} ${value.ID} had gone`);
    if (update !== UpdateType.Delete) items.set(value.ID, value);
    else {
      items.delete(value.ID);
      this.#deleted.add(value.ID);
    }
  }

  #cover(coverage: Coverage): void {
    for (const kind of ['personal', 'commonHold', 'voice'] as const) {
      const groups = coverage[kind];
      for (const [id, { ServiceGroupID }] of this.#items[kind]) {
        const isCovered = groups.includes(0) || groups.includes(ServiceGroupID ?? 0);
        if (!isCovered) this.#items[kind].delete(id);
      }
    }
    for (const groupId of this.#figures.keys()) {
      if (!coverage.realTime.includes(groupId)) this.#figures.delete(groupId);
    }
  }

  get shown() {
    const list = (kind: Kind) => [...this.#items[kind].values()].sort(byId);
    return {
      personalCalls: list('personal'),
      commonHoldCalls: list('commonHold'),
      voiceCalls: list('voice'),
      figures: [...this.#figures].sort(([left], [right]) => left - right),
    };
  }
}

/** The same of what the site would give to an application that attaches. */
export const shownItems = ({ dispatch, realTime }: AgentSnapshot) => ({
  personalCalls: [...dispatch.personalCalls].sort(byId),
  commonHoldCalls: [...dispatch.commonHoldCalls].sort(byId),
  voiceCalls: [...dispatch.voiceCalls].sort(byId),
  figures: realTime.map(each => [each.ServiceGroupID, each.CallsInQueue]),
});
