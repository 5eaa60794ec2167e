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

/** Plain data, whatever the order of the properties; those that are undefined are none. */
const isSame = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [one, other] = [left as Record<string, unknown>, right as Record<string, unknown>];
  for (const key in one) if (!isSame(one[key], other[key])) return false;
  for (const key in other) if (!(key in one) && other[key] !== undefined) return false;
  return true;
};

/** As JSON, whatever the order of the properties. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );

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
    if (isSame(left, right)) return;
    const [one, other] = [canonical(left), canonical(right)];
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
      try {
        core.replay(shadow, [JSON.parse(JSON.stringify(step)) as typeof step]);
      } catch (error) {
        findings.violated('SYS-12', `a step cannot be replayed: ${String(error)}`);
      }
      steps += 1;
      if (steps % every === 0) compare(state);
    },
    recovered(state) {
      shadow = core.load(core.save(state));
    },
    compare,
  };
};
