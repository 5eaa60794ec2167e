import { UpdateType } from '@cordboard/contract';
import type { StreamItem } from '@cordboard/core';

export interface WaitingItem {
  kind: 'personal' | 'commonHold' | 'voice';
  id: number;
}

/** The waiting items that an agent's programs were told of, by their last data. */
export interface DispatchBoard {
  items(): readonly WaitingItem[];
  /** as JSON */
  shown(kind: WaitingItem['kind'], id: number): string | undefined;
  take(item: Pick<StreamItem, 'event' | 'values'>): void;
  clear(): void;
}

const kindOf: Readonly<Record<string, WaitingItem['kind']>> = {
  OnDispatchPersonalCallEvent: 'personal',
  OnDispatchCommonHoldCallEvent: 'commonHold',
  OnDispatchVoiceCallEvent: 'voice',
};

export const createDispatchBoard = (): DispatchBoard => {
  const boards = { personal: new Map<number, string>(), commonHold: new Map(), voice: new Map() };
  return {
    items: () =>
      (['personal', 'commonHold', 'voice'] as const).flatMap(kind =>
        [...boards[kind].keys()].map(id => ({ kind, id })),
      ),
    shown: (kind, id) => boards[kind].get(id),
    take({ event, values }) {
      const kind = kindOf[event];
      if (!kind) return;
      const [item, update] = values as unknown as [{ ID: number }, number];
      if (update === UpdateType.Delete) boards[kind].delete(item.ID);
      else boards[kind].set(item.ID, JSON.stringify(item));
    },
    clear() {
      for (const board of Object.values(boards)) board.clear();
    },
  };
};
