import type { AgentSnapshot } from '@cordboard/contract';
import type { Publication, SiteConfiguration, SiteState } from '@cordboard/core';
import type { Findings } from './findings.ts';

/** How many calls wait, as those who subscribed were told last. */
export interface FiguresCheck {
  /** `overdue`: a timer of the site is due, and what it tells comes in the next step */
  step(now: number, published: readonly Publication[], overdue: boolean, state: SiteState): void;
  recovered(view: (agentId: number) => { snapshot: AgentSnapshot } | null): void;
}

/** A figure is told at most once a second. */
const figuresTake = 1_500;

interface Figure {
  told: number;
  /** since when it is not the present one; null: it is */
  wrongSince: number | null;
}

const countWaiting = (state: SiteState): Map<number, number> => {
  const waiting = new Map<number, number>();
  for (const { service } of state.calls.values()) {
    if (service?.stage.type !== 'waiting') continue;
    waiting.set(service.groupId, (waiting.get(service.groupId) ?? 0) + 1);
  }
  return waiting;
};

export const createFiguresCheck = (configuration: SiteConfiguration, findings: Findings): FiguresCheck => {
  /** by agent and group */
  const figures = new Map(configuration.users.map(({ id }) => [id, new Map<number, Figure>()]));

  const take = ({ agentId, item }: Publication) => {
    const mine = figures.get(agentId);
    if (item.event === 'OnRealTimeInformationUpdate') {
      const { ServiceGroupID, CallsInQueue } = item.values[0];
      mine?.set(ServiceGroupID, { told: CallsInQueue, wrongSince: null });
    } else if (item.event === 'coverage') {
      const { realTime } = item.values[0];
      for (const groupId of mine?.keys() ?? []) if (!realTime.includes(groupId)) mine?.delete(groupId);
    }
  };

  const check = (agentId: number, groupId: number, figure: Figure, present: number, now: number) => {
    if (figure.told === present) {
      figure.wrongSince = null;
      return;
    }
    figure.wrongSince ??= now;
    if (now - figure.wrongSince <= figuresTake) return;
    const what = `agent ${agentId} was told of ${figure.told} calls in group ${groupId}`;
    findings.violated('SYS-127', `${what}, there are ${present}`);
  };

  return {
    step(now, published, overdue, state) {
      for (const publication of published) take(publication);
      if (overdue) return;
      const waiting = countWaiting(state);
      for (const [agentId, groups] of figures) {
        for (const [groupId, figure] of groups)
          check(agentId, groupId, figure, waiting.get(groupId) ?? 0, now);
      }
    },
    recovered(view) {
      for (const [agentId, groups] of figures) {
        groups.clear();
        for (const { ServiceGroupID, CallsInQueue } of view(agentId)?.snapshot.realTime ?? [])
          groups.set(ServiceGroupID, { told: CallsInQueue, wrongSince: null });
      }
    },
  };
};
