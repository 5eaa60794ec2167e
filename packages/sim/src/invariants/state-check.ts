import type { AgentSnapshot } from '@cordboard/contract';
import type { Outcome, SiteEvent, SiteMessage, SiteState } from '@cordboard/core';
import type { SiteCore } from '../site/core.ts';
import type { Findings } from './findings.ts';
import type { Floor } from './floor.ts';

/** Compares the state with what it was made of: a second one built from the journal alone, a saved one, and the streams. */
export interface StateCheck {
  step(message: SiteMessage, outcome: Outcome<SiteEvent>, state: SiteState): void;
  recovered(state: SiteState): void;
  /** everything at once */
  compare(state: SiteState): void;
}

const firstDifference = (left: string, right: string): string => {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return `…${left.slice(Math.max(0, at - 120), at + 60)}… and …${right.slice(Math.max(0, at - 20), at + 60)}…`;
};

export const createStateCheck = (
  core: SiteCore,
  floor: Floor,
  findings: Findings,
  every: number,
): StateCheck => {
  /** follows by replay alone */
  let shadow = core.create();
  let steps = 0;

  const same = (rule: string, what: string, left: unknown, right: unknown) => {
    const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
    if (one !== other) findings.violated(rule, `${what}: ${firstDifference(one, other)}`);
  };

  const compareReplica = (agentId: number, snapshot: AgentSnapshot) => {
    const agent = floor.agents.get(agentId);
    if (!agent) return;
    const byId = (left: { ID: number }, right: { ID: number }) => left.ID - right.ID;
    const calls = [...agent.calls.values()].sort(byId);
    same('SYS-14', `the calls of agent ${agentId}`, calls, [...snapshot.calls].sort(byId));
    if (agent.user) same('SYS-14', `agent ${agentId}`, agent.user, snapshot.user);
    same('SYS-14', `the registration of agent ${agentId}`, agent.registered, snapshot.registered);
    if (agent.abilities)
      same('SYS-14', `the abilities of agent ${agentId}`, agent.abilities, snapshot.abilities);
  };

  const compare = (state: SiteState) => {
    const saved = core.save(state);
    same('SYS-12', 'the state and its replay', saved, core.save(shadow));
    const loaded = core.load(saved);
    same('SYS-12', 'the state and what was saved of it', saved, core.save(loaded));
    for (const agentId of floor.agents.keys()) {
      const view = core.agent(state, agentId);
      if (view) compareReplica(agentId, view.snapshot);
    }
    // goes on from a loaded state now and again, which must make no difference
    shadow = loaded;
  };

  return {
    step(_, outcome, state) {
      if (outcome.events.length === 0) return;
      const step = { at: outcome.at, events: outcome.events };
      core.replay(shadow, [JSON.parse(JSON.stringify(step)) as typeof step]);
      steps += 1;
      if (steps % every === 0) compare(state);
    },
    recovered(state) {
      shadow = core.load(core.save(state));
    },
    compare,
  };
};
