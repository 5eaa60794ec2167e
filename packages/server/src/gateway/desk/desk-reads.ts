import {
  type Answer,
  accepted,
  type CallerHistoryRequest,
  type Clock,
  type DirectoryRequest,
  type EarlierCall,
  type QueueFigure,
  refused,
} from '@cordboard/contract';
import { callerOf, directoryEntries, groupFigures, type SiteState } from '@cordboard/core';
import type { CallHistory } from '../../store/call-history.ts';

export interface DeskReadsOptions {
  /** null while the site is loaded */
  state(): SiteState | null;
  history: Pick<CallHistory, 'ofCaller' | 'serviceLevels'>;
  clock: Clock;
}

/** What an agent's window asks that changes nothing: answered beside the loop, so that no call waits for it. */
export interface DeskReads {
  callerHistory(agentId: number, asked: CallerHistoryRequest): Promise<Answer>;
  directory(agentId: number, asked: DirectoryRequest): Answer;
  queueFigures(agentId: number): Promise<Answer>;
}

/** Many windows ask for the same figures: they are made at most this often. */
const figuresLast = 2_000;

export function createDeskReads({ state, history, clock }: DeskReadsOptions): DeskReads {
  let known: { at: number; figures: Promise<Map<number, QueueFigure>> } | null = null;

  async function makeFigures(now: SiteState): Promise<Map<number, QueueFigure>> {
    const figures = groupFigures(now, clock.now());
    const levels = await history.serviceLevels(figures.map(each => each.groupId));
    return new Map(
      figures.map(each => [
        each.groupId,
        {
          id: each.groupId,
          name: each.name,
          waiting: each.callsInQueue,
          longestWaitSeconds: each.longestWaitSeconds,
          available: each.agentsAvailable,
          busy: each.agentsBusy,
          serviceLevel: levels.get(each.groupId) ?? null,
        },
      ]),
    );
  }

  function figuresOf(now: SiteState): Promise<Map<number, QueueFigure>> {
    if (known === null || clock.now() - known.at >= figuresLast) {
      const made = { at: clock.now(), figures: makeFigures(now) };
      known = made;
      made.figures.catch(() => {
        if (known === made) known = null;
      });
    }
    return known.figures;
  }

  return {
    async callerHistory(agentId, { callId }) {
      const now = state();
      if (now === null) return refused('connectionLost');
      const caller = callerOf(now, agentId, callId);
      if (caller === null) return refused('unknownCall');
      const groups = groupsOf(now, agentId);
      const rows =
        caller.number === ''
          ? []
          : await history.ofCaller(caller.number, caller.callId, {
              groupIds: groups.map(each => each.id),
              agentId,
            });
      return accepted(
        rows.map(
          (row): EarlierCall => ({
            startedAt: row.startedAt?.toISOString() ?? null,
            groupName: now.directory.groups.get(row.groupId ?? 0)?.name ?? '',
            agentName: now.directory.users.get(row.agentId ?? 0)?.name ?? '',
            seconds: row.seconds,
            codes: row.codes,
          }),
        ),
      );
    },
    directory(agentId, { text }) {
      const now = state();
      return now === null ? refused('connectionLost') : accepted(directoryEntries(now, agentId, text));
    },
    async queueFigures(agentId) {
      const now = state();
      if (now === null) return refused('connectionLost');
      if (!now.directory.users.get(agentId)?.privileges.includes('realTimeInformation'))
        return refused('missingPrivilege', 'realTimeInformation');
      const figures = await figuresOf(now);
      return accepted(groupsOf(now, agentId).flatMap(({ id }) => figures.get(id) ?? []));
    },
  };
}

function groupsOf(state: SiteState, agentId: number) {
  const tenantId = state.directory.users.get(agentId)?.tenantId;
  return state.configuration.serviceGroups.filter(each => each.tenantId === tenantId);
}
