import type { ICall } from '@cordboard/contract';
import type { SiteState } from '@cordboard/core';
import type { SiteCore } from '../site/core.ts';
import type { SimulatedDesk } from '../site/simulated-desk.ts';
import type { Findings } from './findings.ts';

const sorted = (calls: readonly ICall[]) => [...calls].sort((left, right) => left.ID - right.ID);

/** Who has heard everything holds what the site holds: the agent and his calls. */
export const checkReplica = (
  core: SiteCore,
  state: SiteState,
  { agentId, view }: Pick<SimulatedDesk, 'agentId' | 'view'>,
  findings: Findings,
): void => {
  const theirs = view();
  const ours = core.agent(state, agentId);
  if (!theirs || !ours || theirs.seq !== ours.seq) return;
  const { user, calls } = ours.snapshot;
  const compare = (what: string, one: unknown, other: unknown) => {
    const [seen, is] = [JSON.stringify(one), JSON.stringify(other)];
    if (seen !== is) findings.violated('SYS-14', `agent ${agentId} sees ${what} ${seen}, the site has ${is}`);
  };
  compare('himself as', theirs.user, user);
  compare('the calls', sorted(theirs.calls), sorted(calls));
};
