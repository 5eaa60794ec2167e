import { type AgentSnapshot, type Coverage, UpdateType } from '@cordboard/contract';
import type { Answer, Outcome, SiteConfiguration, SiteMessage, SiteState, StreamItem } from '@cordboard/core';
import type { Findings } from './findings.ts';

/** What waits to be picked, and how many: as it is, and as those who subscribed were told. */
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
  figures: Map<number, number>;
  /** since when a figure is not the present one */
  wrongSince: Map<number, number>;
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
  figures: new Map(),
  wrongSince: new Map(),
});

/** A figure is told at most once a second. */
const figuresTake = 1_500;

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
    for (const stage of [service?.stage, place?.stage]) {
      if (stage?.type === 'waiting' && !state.dispatch.items.has(stage.itemId))
        return `call ${id} waits, and nobody can see it`;
    }
  }
  return null;
};

const isAccepted = (answer: Answer | null) => answer?.ok === true && answer.value === true;

export const createDispatchCheck = (configuration: SiteConfiguration, findings: Findings): DispatchCheck => {
  const boards = new Map(configuration.users.map(({ id }) => [id, emptyBoard()]));
  const tenants = new Map(configuration.users.map(({ id, tenantId }) => [id, tenantId]));
  /** by item, the request that got it */
  const winners = new Map<number, string>();
  let known = '';

  const takeItem = (board: Board, { event, values }: StreamItem) => {
    if (event === 'coverage') {
      board.coverage = values[0];
      for (const [id, told] of board.items) if (!isCovered(values[0], told)) board.items.delete(id);
      for (const groupId of board.figures.keys())
        if (!values[0].realTime.includes(groupId)) board.figures.delete(groupId);
    } else if (event === 'OnRealTimeInformationUpdate') {
      board.figures.set(values[0].ServiceGroupID, values[0].CallsInQueue);
    }
    const kind = kindOf[event];
    if (!kind) return;
    const [item, update] = values as unknown as [Shown, number];
    if (update === UpdateType.Delete) board.items.delete(item.ID);
    else board.items.set(item.ID, shown(kind, item));
  };

  const checkBoard = (agentId: number, board: Board, state: SiteState) => {
    let present = 0;
    for (const item of state.dispatch.items.values()) {
      if (item.tenantId !== tenants.get(agentId) || !isCovered(board.coverage, item)) continue;
      present += 1;
      const told = board.items.get(item.id)?.as;
      const is = inWords(item, item.general, item.reservedBy);
      if (told !== is)
        findings.violated('SYS-124', `agent ${agentId} was told of item ${item.id}: ${told}; it is ${is}`);
    }
    if (present !== board.items.size)
      findings.violated(
        'SYS-124',
        `agent ${agentId} was told of ${board.items.size} items, there are ${present}`,
      );
  };

  const checkFigures = (agentId: number, board: Board, waiting: ReadonlyMap<number, number>, now: number) => {
    for (const groupId of board.coverage.realTime) {
      if (board.figures.get(groupId) === (waiting.get(groupId) ?? 0)) {
        board.wrongSince.delete(groupId);
        continue;
      }
      const since = board.wrongSince.get(groupId) ?? now;
      board.wrongSince.set(groupId, since);
      if (now - since > figuresTake)
        findings.violated(
          'SYS-127',
          `agent ${agentId} was told of ${board.figures.get(groupId)} calls in group ${groupId}, there are ${waiting.get(groupId) ?? 0}`,
        );
    }
  };

  const checkWinner = (message: SiteMessage, answer: Answer | null) => {
    if (message.type !== 'request' || !message.request.method.startsWith('retrieveDispatch')) return;
    if (!isAccepted(answer) || !('callId' in message.request.arguments)) return;
    const { callId } = message.request.arguments;
    const name = `agent ${message.agentId} request ${message.requestId}`;
    const winner = winners.get(callId) ?? name;
    if (winner !== name) findings.violated('SYS-126', `${name} and ${winner} both got item ${callId}`);
    winners.set(callId, winner);
  };

  return {
    step(message, { published, answer }, state) {
      let touched = false;
      for (const { agentId, item } of published) {
        const board = boards.get(agentId);
        if (!board) continue;
        takeItem(board, item);
        touched ||= item.event === 'coverage' || kindOf[item.event] !== undefined;
      }
      checkWinner(message, answer);
      const now = [...state.dispatch.items.keys()].join();
      if (touched || now !== known) {
        known = now;
        for (const item of state.dispatch.items.values()) {
          const fault = placeFault(state, item);
          if (fault) findings.violated('SYS-125', fault);
        }
        for (const [agentId, board] of boards) checkBoard(agentId, board, state);
      }
      const lost = callFault(state);
      if (lost) findings.violated('SYS-125', lost);
      const waiting = new Map<number, number>();
      for (const { groupId } of state.queues.waiting.values())
        waiting.set(groupId, (waiting.get(groupId) ?? 0) + 1);
      for (const [agentId, board] of boards) checkFigures(agentId, board, waiting, message.at);
    },
    recovered(view, state) {
      // what was decided and not written did not happen
      winners.clear();
      for (const agentId of boards.keys()) {
        const board = emptyBoard();
        boards.set(agentId, board);
        const found = view(agentId)?.snapshot;
        if (!found) continue;
        const { enabled = false, kinds } = state.dispatch.subscriptions.get(agentId) ?? {};
        if (enabled && kinds) Object.assign(board.coverage, kinds);
        board.coverage.realTime = found.realTime.map(each => each.ServiceGroupID);
        const { personalCalls, commonHoldCalls, voiceCalls } = found.dispatch;
        for (const each of personalCalls) board.items.set(each.ID, shown('personal', each));
        for (const each of commonHoldCalls) board.items.set(each.ID, shown('commonHold', each));
        for (const each of voiceCalls) board.items.set(each.ID, shown('voice', each));
        for (const each of found.realTime) board.figures.set(each.ServiceGroupID, each.CallsInQueue);
      }
    },
  };
};
