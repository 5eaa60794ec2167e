import {
  type Abilities,
  type AgentSnapshot,
  type ICall,
  type IUserInformation,
  SessionState,
} from '@cordboard/contract';
import type {
  CallManagerCommand,
  CallManagerReport,
  Outcome,
  SiteConfiguration,
  SiteEvent,
  SiteMessage,
  SiteState,
  StreamItem,
} from '@cordboard/core';

/** What can be known of an agent from outside: his stream and the legs of his phone. */
export interface AgentOnFloor {
  id: number;
  user: IUserInformation | null;
  registered: boolean;
  abilities: Abilities | null;
  calls: Map<number, ICall>;
  /** his application is gone, or has not come yet */
  lost: boolean;
  /** the step of his logon, or of the end of his last answered service call; null: not known since a crash undid steps */
  idleSince: number | null;
  /** service group ids with his level of the skill that the group asks for */
  groups: Map<number, number>;
}

/**
 * A caller from outside as the messages to the site tell it. Whether he waits now is the
 * site's own word: calls are joined, sent on and parked, and only the site knows which of them has a place in a queue.
 */
export interface CallerOnFloor {
  number: string;
  leg: string;
  groupId: number;
  priority: number;
  /** of arrival in the group: a call that comes back keeps it */
  order: number;
  waits: boolean;
  /** other agents may get him too */
  widened: boolean;
  /** ordered to go */
  clearing: boolean;
  /** until when agents who sent him back need not get him again */
  restsUntil: Map<number, number>;
  /** agents with a session of his that is not over, with its id */
  at: Map<number, number>;
}

/** The floor of the contact center, put together from messages and outcomes, and the place of each call that waits. */
export interface Floor {
  agents: ReadonlyMap<number, AgentOnFloor>;
  callers: ReadonlyMap<string, CallerOnFloor>;
  /** agents for whom this step changed a call, with the calls in the order of their events */
  take(
    message: SiteMessage,
    outcome: Outcome<SiteEvent>,
    state: SiteState,
  ): { agentId: number; call: ICall }[];
  isFree(agent: AgentOnFloor): boolean;
  reset(
    view: (agentId: number) => { snapshot: AgentSnapshot; attached: boolean } | null,
    state: SiteState,
  ): void;
}

const worstLevel = 11;

export const isSettled = (state: number): boolean =>
  state === SessionState.Clearing ||
  state === SessionState.Clerical ||
  state === SessionState.ForceClearing ||
  state === SessionState.Idle;

export const createFloor = (first: SiteConfiguration): Floor => {
  let configuration = first;
  const agents = new Map<number, AgentOnFloor>();
  const callers = new Map<string, CallerOnFloor>();
  const byLeg = new Map<string, CallerOnFloor>();
  /** legs of agents' phones that are not gone, by leg */
  const phoneLegs = new Map<string, string>();
  const legsAt = new Map<string, number>();
  const restMilliseconds = (configuration.timers.rejectRestSeconds ?? 10) * 1_000;
  let step = 0;
  let now = 0;

  const groupsOf = (user: SiteConfiguration['users'][number] | undefined): AgentOnFloor['groups'] => {
    const served = configuration.serviceGroups.filter(group =>
      group.agentGroups.some(each => user?.agentGroups.includes(each)),
    );
    return new Map(
      served.map(group => [group.id, group.skill === '' ? 0 : (user?.skills[group.skill] ?? worstLevel)]),
    );
  };

  const configure = (next: SiteConfiguration) => {
    configuration = next;
    for (const agent of agents.values())
      agent.groups = groupsOf(next.users.find(each => each.id === agent.id));
  };

  for (const user of configuration.users) {
    agents.set(user.id, {
      id: user.id,
      user: null,
      registered: false,
      abilities: null,
      calls: new Map(),
      lost: true,
      idleSince: 0,
      groups: groupsOf(user),
    });
  }

  const countLeg = (extension: string, by: number) =>
    void legsAt.set(extension, (legsAt.get(extension) ?? 0) + by);

  const phoneLeg = (leg: string, extension: string) => {
    if (phoneLegs.has(leg)) return;
    phoneLegs.set(leg, extension);
    countLeg(extension, 1);
  };

  const legGone = (leg: string) => {
    const caller = byLeg.get(leg);
    if (caller) callers.delete(caller.number);
    byLeg.delete(leg);
    const extension = phoneLegs.get(leg);
    if (extension === undefined) return;
    phoneLegs.delete(leg);
    countLeg(extension, -1);
  };

  const arrived = (report: Extract<CallManagerReport, { type: 'arrived' }>) => {
    const group = configuration.serviceGroups.find(each => each.numbers.includes(report.calledNumber));
    if (report.extension !== '') phoneLeg(report.leg, report.extension);
    if (report.extension !== '') return;
    const caller: CallerOnFloor = {
      number: report.callerNumber,
      leg: report.leg,
      groupId: group?.id ?? 0,
      priority: group?.priority ?? 0,
      order: 0,
      waits: false,
      widened: false,
      clearing: false,
      restsUntil: new Map(),
      at: new Map(),
    };
    callers.set(caller.number, caller);
    byLeg.set(report.leg, caller);
  };

  const callersIn = (state: SiteState, callId: number): CallerOnFloor[] =>
    (state.calls.get(callId)?.legs ?? []).flatMap(leg => byLeg.get(leg) ?? []);

  const takePlace = (state: SiteState, callId: number) => {
    const service = state.calls.get(callId)?.service;
    if (!service) return;
    const { widened } = service.waiting;
    const { groupId, order } = service;
    const rests = service.declined.map(each => [each.agentId, each.until] as const);
    const priority = configuration.serviceGroups.find(each => each.id === groupId)?.priority ?? 0;
    for (const caller of callersIn(state, callId)) {
      Object.assign(caller, { groupId, priority, order, widened });
      for (const [agentId, until] of rests) caller.restsUntil.set(agentId, until);
    }
  };

  /** A place in a queue is given, or goes over to whom a call was joined with; whoever comes back has his own. */
  const takeEvent = (event: SiteEvent, state: SiteState) => {
    if (event.type === 'callTransferred' || event.type === 'callConferenced') takePlace(state, event.callId);
    if (event.type === 'callOverflowed') takePlace(state, event.callId);
    if (event.type === 'callQueued' && !event.returned) takePlace(state, event.callId);
  };

  /** Nobody has reserved it, and it is not there for picking alone. */
  const isRouted = (state: SiteState, callId: number): boolean => {
    const service = state.calls.get(callId)?.service;
    if (service?.stage.type !== 'waiting') return false;
    const group = configuration.serviceGroups.find(each => each.id === service.groupId);
    if (group?.dispatch === 'pick') return false;
    return (state.dispatch.items.get(service.stage.itemId)?.reservedBy ?? 0) === 0;
  };

  const takeWaiting = (state: SiteState) => {
    for (const caller of callers.values()) caller.waits = false;
    for (const callId of state.queues.waiting.keys()) {
      const caller = byLeg.get(state.calls.get(callId)?.origin ?? '');
      if (caller) caller.waits = isRouted(state, callId);
    }
  };

  const takeReport = (report: CallManagerReport, changed: boolean) => {
    // a report that was seen before changes nothing
    if (report.type === 'arrived' && changed) arrived(report);
    if (report.type === 'cleared') legGone(report.leg);
  };

  const takeInventory = (legs: readonly { leg: string }[]) => {
    const there = new Set(legs.map(each => each.leg));
    for (const leg of [...byLeg.keys(), ...phoneLegs.keys()]) if (!there.has(leg)) legGone(leg);
  };

  const takePresence = (agent: AgentOnFloor | undefined, type: SiteMessage['type']) => {
    if (!agent) return;
    // after a logon the application is expected: no calls before it is there
    agent.lost = type !== 'clientAttached';
    if (type === 'logOn') agent.idleSince = step;
  };

  const takeMessage = (message: SiteMessage, changed: boolean) => {
    if (message.type === 'report') takeReport(message.report, changed);
    else if (message.type === 'configure') configure(message.configuration);
    else if (message.type === 'inventory') takeInventory(message.inventory.legs);
    else if (message.type === 'clientAttached' || message.type === 'clientLost' || message.type === 'logOn') {
      if (changed) takePresence(agents.get(message.agentId), message.type);
    }
  };

  const takeCommand = (command: CallManagerCommand) => {
    const caller = command.type === 'clear' ? byLeg.get(command.leg) : undefined;
    if (caller) caller.clearing = true;
    if (command.type === 'originate' && 'extension' in command.to)
      phoneLeg(command.leg, command.to.extension);
  };

  const takeCall = (agent: AgentOnFloor, call: ICall) => {
    if (call.State === SessionState.Idle) agent.calls.delete(call.ID);
    else agent.calls.set(call.ID, call);
    const caller = callers.get(call.PhoneNumber);
    // back from an offer: whoever sent it back, or on, rests from it
    if (call.State === SessionState.Idle && call.ConnectedTime === null) {
      caller?.restsUntil.set(agent.id, now + restMilliseconds);
    }
    if (call.CallInfo.GroupName === '') return;
    if (call.State === SessionState.Idle && call.ConnectedTime !== null) agent.idleSince = step;
    if (!caller) return;
    if (isSettled(call.State)) caller.at.delete(agent.id);
    else caller.at.set(agent.id, call.ID);
  };

  const takeItem = (agent: AgentOnFloor, item: StreamItem) => {
    if (item.event === 'OnCallEvent') takeCall(agent, item.values[0]);
    else if (item.event === 'OnUserStatusUpdate') agent.user = item.values[0];
    else if (item.event === 'OnRegistrationStatus') agent.registered = item.values[0];
    else if (item.event === 'abilities') agent.abilities = item.values[0];
  };

  return {
    agents,
    callers,
    take(message, outcome, state) {
      step += 1;
      now = message.at;
      takeMessage(message, outcome.events.length > 0);
      for (const command of outcome.commands) takeCommand(command);
      for (const event of outcome.events) takeEvent(event, state);
      takeWaiting(state);
      const changed: { agentId: number; call: ICall }[] = [];
      for (const { agentId, item } of outcome.published) {
        const agent = agents.get(agentId);
        if (!agent) continue;
        takeItem(agent, item);
        if (item.event === 'OnCallEvent') changed.push({ agentId, call: item.values[0] });
      }
      return changed;
    },
    isFree: agent =>
      agent.user?.LoggedOn === 1 &&
      agent.user.ReadyStatus &&
      agent.registered &&
      !agent.lost &&
      agent.calls.size === 0 &&
      (legsAt.get(agent.user.ExtensionNumber) ?? 0) === 0,
    reset(view, state) {
      // what was decided and not written did not happen
      for (const caller of callers.values()) {
        caller.at.clear();
        caller.clearing = false;
      }
      for (const callId of state.calls.keys()) takePlace(state, callId);
      takeWaiting(state);
      for (const agent of agents.values()) {
        const found = view(agent.id);
        if (!found) continue;
        const { snapshot } = found;
        agent.lost = !found.attached;
        agent.user = snapshot.user;
        agent.registered = snapshot.registered;
        agent.abilities = snapshot.abilities;
        agent.idleSince = null;
        agent.calls.clear();
        for (const call of snapshot.calls) takeCall(agent, call);
      }
    },
  };
};
