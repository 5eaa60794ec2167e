import { CallType, type ICall, SessionState } from '@cordboard/contract';
import type { Outcome, SiteConfiguration, SiteEvent, SiteMessage, SiteState } from '@cordboard/core';
import type { Findings } from './findings.ts';
import { type AgentOnFloor, type CallerOnFloor, createFloor, type Floor } from './floor.ts';

/** Looks over the whole floor after every step. */
export interface FloorCheck {
  readonly floor: Floor;
  /** `overdue`: a timer of the site is due and has not been looked at; what follows from it comes in the next step */
  step(message: SiteMessage, outcome: Outcome<SiteEvent>, overdue: boolean, state: SiteState): void;
  /** the state was loaded: nothing is checked before the call manager's inventory */
  recovered(view: Parameters<Floor['reset']>[0], state: SiteState): void;
}

const rests = (caller: CallerOnFloor, agentId: number, now: number) =>
  (caller.restsUntil.get(agentId) ?? 0) >= now;

const waits = (caller: CallerOnFloor) => caller.waits && !caller.clearing;

/** Nobody is in two places: queued and offered is one of them by construction, two agents is the other. */
export const onePlace = (caller: CallerOnFloor, state: SiteState): string | null => {
  if (caller.at.size < 2) return null;
  // in a conference, which may be sent on as a whole, agents are in the same call
  const calls = new Set([...caller.at.values()].map(id => state.sessions.get(id)?.callId));
  return calls.size > 1
    ? `caller ${caller.number} is at agents ${[...caller.at.keys()].join(', ')} in different calls`
    : null;
};

/** Higher priority first, then the earlier arrival. */
const comesBefore = (one: CallerOnFloor, other: CallerOnFloor) =>
  one.priority < other.priority || (one.priority === other.priority && one.order < other.order);

/** Nobody is served before somebody who waits with the same or a higher priority for longer, and whom the agent could have got. */
export const queueOrder = (
  floor: Floor,
  agent: AgentOnFloor,
  served: CallerOnFloor,
  now: number,
): string | null => {
  for (const caller of floor.callers.values()) {
    if (caller === served || !waits(caller) || !agent.groups.has(caller.groupId)) continue;
    if (rests(caller, agent.id, now) || !comesBefore(caller, served)) continue;
    return `agent ${agent.id} got caller ${served.number} before caller ${caller.number}`;
  }
  return null;
};

const isLonger = ({ idleSince: one }: AgentOnFloor, { idleSince: other }: AgentOnFloor) =>
  one !== null && other !== null && one < other;

/** Of those who were free, and still are, nobody with a better skill or, at the same level, longer idle. */
export const idleOrder = (
  floor: Floor,
  freeBefore: readonly AgentOnFloor[],
  agent: AgentOnFloor,
  served: CallerOnFloor,
  now: number,
): string | null => {
  const level = agent.groups.get(served.groupId) ?? 0;
  for (const other of freeBefore) {
    const theirs = other.groups.get(served.groupId);
    if (other === agent || theirs === undefined || rests(served, other.id, now) || !floor.isFree(other))
      continue;
    const longer = theirs === level && isLonger(other, agent);
    if (theirs < level || longer)
      return `caller ${served.number} went to agent ${agent.id} (level ${level}, idle since ${agent.idleSince}), not to agent ${other.id} (level ${theirs}, idle since ${other.idleSince})`;
  }
  return null;
};

/** Nobody waits while somebody is free who serves his group. */
export const noneWaitsInVain = (floor: Floor, free: readonly AgentOnFloor[], now: number): string | null => {
  if (free.length === 0) return null;
  for (const caller of floor.callers.values()) {
    if (!waits(caller)) continue;
    const agent = free.find(each => each.groups.has(caller.groupId) && !rests(caller, each.id, now));
    if (agent) return `caller ${caller.number} waits while agent ${agent.id} is free`;
  }
  return null;
};

/** Who takes waiting work himself does so in whatever order he likes. */
const whoPicks = (message: SiteMessage): number =>
  message.type === 'request' && message.request.method.startsWith('retrieveDispatch') ? message.agentId : 0;

export const createFloorCheck = (configuration: SiteConfiguration, findings: Findings): FloorCheck => {
  const floor = createFloor(configuration);
  let free: AgentOnFloor[] = [];
  /** between a recovery and the call manager's inventory half of what is known is old */
  let settled = false;
  /** sessions that were seen */
  const offered = new Set<number>();

  const found = (rule: string, what: string | null) => {
    if (what !== null) findings.violated(rule, what);
  };

  const checkCall = (agent: AgentOnFloor, call: ICall, now: number, state: SiteState) => {
    const caller = floor.callers.get(call.PhoneNumber);
    // an attribute of an offer changed, or who is offered, or a transferred call rings again where it came from
    const isNew = !offered.has(call.ID) && call.Type !== CallType.AttendantRecall;
    offered.add(call.ID);
    if (!caller || call.CallInfo.GroupName === '') return;
    found('SYS-08', onePlace(caller, state));
    if (call.State !== SessionState.Offered || !settled || !isNew) return;
    if (caller.widened) return;
    found('SYS-09', queueOrder(floor, agent, caller, now));
    found('SYS-10', idleOrder(floor, free, agent, caller, now));
  };

  return {
    floor,
    step(message, outcome, overdue, state) {
      const changed = floor.take(message, outcome, state);
      if (message.type === 'inventory' && (message.seq > 0 || message.inventory.registrations.length > 0))
        settled = true;
      const picker = whoPicks(message);
      for (const { agentId, call } of changed) {
        if (agentId === picker) offered.add(call.ID);
        const agent = floor.agents.get(agentId);
        if (agent) checkCall(agent, call, message.at, state);
      }
      free = [...floor.agents.values()].filter(floor.isFree);
      if (settled && !overdue) found('SYS-11', noneWaitsInVain(floor, free, message.at));
    },
    recovered(view, state) {
      settled = false;
      floor.reset(view, state);
      free = [];
    },
  };
};
