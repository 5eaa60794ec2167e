import { type AgentSnapshot, type Coverage, UpdateType } from '@cordboard/contract';
import type { Answer, Outcome, SiteConfiguration, SiteMessage, SiteState, StreamItem } from '@cordboard/core';
import type { Findings } from './findings.ts';

/** What waits to be picked: as it is, and as those who subscribed were told. */
export interface DispatchCheck {
  step(message: SiteMessage, outcome: Told, state: SiteState): void;
  recovered(view: (agentId: number) => { snapshot: AgentSnapshot } | null, state: SiteState): void;
}

type Told = Pick<Outcome<unknown>, 'published' | 'answer'>;
type Item = SiteState['dispatch']['items'] extends Map<number, infer Each> ? Each : never;

/** What one agent was told. */
interface Board {
  coverage: Coverage;
  items: Map<number, ToldItem>;
}

type Waiting = Pick<Item, 'kind' | 'groupId'>;

interface ToldItem extends Waiting {
  /** in words: kind, group, who has reserved it, whether it is anybody's */
  as: string;
}

interface Shown {
  ID: number;
  ServiceGroupID?: number;
  ReservedAgentID?: number;
  GeneralCall?: boolean;
}

const kindOf: Readonly<Record<string, Item['kind']>> = {
  OnDispatchPersonalCallEvent: 'personal',
  OnDispatchCommonHoldCallEvent: 'commonHold',
  OnDispatchVoiceCallEvent: 'voice',
};

const inWords = ({ kind, groupId }: Waiting, general: boolean, reservedBy: number): string =>
  `${kind} of group ${groupId}, ${kind === 'personal' ? `general: ${general}` : `reserved by ${reservedBy}`}`;

const shown = (kind: Item['kind'], item: Shown): ToldItem => {
  const waiting = { kind, groupId: item.ServiceGroupID ?? 0 };
  return { ...waiting, as: inWords(waiting, item.GeneralCall ?? true, item.ReservedAgentID ?? 0) };
};

const isCovered = (coverage: Coverage, { kind, groupId }: Waiting): boolean =>
  coverage[kind].includes(0) || coverage[kind].includes(groupId);

const emptyBoard = (): Board => ({
  coverage: { personal: [], commonHold: [], voice: [], realTime: [] },
  items: new Map(),
});

/** Where the call of an item says that it waits. */
const placeFault = (state: SiteState, item: Item): string | null => {
  const call = state.calls.get(item.callId);
  const stages = [call?.service?.stage, call?.place?.stage].filter(each => each?.type === 'waiting');
  if (stages.length !== 1 || stages[0]?.itemId !== item.id)
    return `item ${item.id} of call ${item.callId} waits in ${stages.length} places`;
  if (state.sessions.has(item.id)) return `item ${item.id} waits, and is at an agent`;
  return null;
};

const callFault = (state: SiteState): string | null => {
  for (const { id, service, place } of state.calls.values()) {
    // what is only offered by the router is for nobody to see
    const isPushed = state.directory.groups.get(service?.groupId ?? 0)?.dispatch === 'push';
    const stages = [isPushed ? null : service?.stage, place?.stage];
    for (const stage of stages) {
      if (stage?.type === 'waiting' && !state.dispatch.items.has(stage.itemId))
        return `call ${id} waits, and nobody can see it`;
    }
  }
  return null;
};

const isAccepted = (answer: Answer | null) => answer?.ok === true && answer.value === true;

const itemOf = ({ event, values }: StreamItem): { id: number; update: number; told: ToldItem } | null => {
  const kind = kindOf[event];
  if (!kind) return null;
  const [item, update] = values as unknown as [Shown, number];
  return { id: item.ID, update, told: shown(kind, item) };
};

/** False: the item says nothing of what waits. */
const takeItem = (board: Board, item: StreamItem): boolean => {
  if (item.event === 'coverage') {
    board.coverage = item.values[0];
    for (const [id, told] of board.items) if (!isCovered(board.coverage, told)) board.items.delete(id);
    return true;
  }
  const change = itemOf(item);
  if (change?.update === UpdateType.Delete) board.items.delete(change.id);
  else if (change) board.items.set(change.id, change.told);
  return change !== null;
};

const boardOf = (state: SiteState, agentId: number, { dispatch }: AgentSnapshot): Board => {
  const board = emptyBoard();
  const { enabled = false, kinds } = state.dispatch.subscriptions.get(agentId) ?? {};
  if (enabled && kinds) Object.assign(board.coverage, kinds);
  for (const each of dispatch.personalCalls) board.items.set(each.ID, shown('personal', each));
  for (const each of dispatch.commonHoldCalls) board.items.set(each.ID, shown('commonHold', each));
  for (const each of dispatch.voiceCalls) board.items.set(each.ID, shown('voice', each));
  return board;
};

const boardFault = (board: Board, items: readonly Item[]): string | null => {
  const present = items.filter(each => isCovered(board.coverage, each));
  for (const item of present) {
    const told = board.items.get(item.id)?.as;
    const is = inWords(item, item.general, item.reservedBy);
    if (told !== is) return `item ${item.id}: ${told}; it is ${is}`;
  }
  return present.length === board.items.size
    ? null
    : `${board.items.size} items, there are ${present.length}`;
};

export const createDispatchCheck = (configuration: SiteConfiguration, findings: Findings): DispatchCheck => {
  const boards = new Map(configuration.users.map(({ id }) => [id, emptyBoard()]));
  const tenants = new Map(configuration.users.map(({ id, tenantId }) => [id, tenantId]));
  /** by item, the request that got it */
  const winners = new Map<number, string>();
  let known = '';

  const checkWinner = (message: SiteMessage, answer: Answer | null) => {
    if (message.type !== 'request' || !message.request.method.startsWith('retrieveDispatch')) return;
    if (!isAccepted(answer) || !('callId' in message.request.arguments)) return;
    const { callId } = message.request.arguments;
    const name = `agent ${message.agentId} request ${message.requestId}`;
    const winner = winners.get(callId) ?? name;
    if (winner !== name) findings.violated('SYS-126', `${name} and ${winner} both got item ${callId}`);
    winners.set(callId, winner);
  };

  const checkBoards = (state: SiteState) => {
    const items = [...state.dispatch.items.values()];
    for (const [agentId, board] of boards) {
      const fault = boardFault(
        board,
        items.filter(each => each.tenantId === tenants.get(agentId)),
      );
      if (fault) findings.violated('SYS-124', `agent ${agentId} was told of ${fault}`);
    }
  };

  const checkPlaces = (state: SiteState) => {
    for (const item of state.dispatch.items.values()) {
      const fault = placeFault(state, item);
      if (fault) findings.violated('SYS-125', fault);
    }
  };

  return {
    step(message, { published, answer }, state) {
      let touched = false;
      for (const { agentId, item } of published) {
        const board = boards.get(agentId);
        if (board && takeItem(board, item)) touched = true;
      }
      checkWinner(message, answer);
      const lost = callFault(state);
      if (lost) findings.violated('SYS-125', lost);
      const now = [...state.dispatch.items.keys()].join();
      if (!touched && now === known) return;
      known = now;
      checkPlaces(state);
      checkBoards(state);
    },
    recovered(view, state) {
      // what was decided and not written did not happen
      winners.clear();
      for (const agentId of boards.keys()) {
        const found = view(agentId)?.snapshot;
        boards.set(agentId, found ? boardOf(state, agentId, found) : emptyBoard());
      }
    },
  };
};
