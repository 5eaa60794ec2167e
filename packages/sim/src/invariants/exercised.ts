import type { Outcome, SiteEvent, SiteMessage, SiteState } from '@cordboard/core';
import { situations } from './everything.ts';

/** How often each of `everything` was met. A simulation in which something never happens proves nothing of it. */
export interface Exercised {
  step(message: SiteMessage, outcome: Outcome<SiteEvent>, state: SiteState): void;
  /** another state was loaded */
  recovered(state: SiteState): void;
  readonly met: ReadonlyMap<string, number>;
}

type Message<Type extends SiteMessage['type']> = Extract<SiteMessage, { type: Type }>;

const causeOf = (event: SiteEvent): string => {
  if ('cause' in event && typeof event.cause === 'string') return event.cause;
  return 'outcome' in event ? event.outcome : '';
};

const speaks: ReadonlySet<string> = new Set(['connected', 'held', 'onHold', 'conference']);

export const createExercised = (): Exercised => {
  const met = new Map<string, number>();
  const meet = (name: string) => void met.set(name, (met.get(name) ?? 0) + 1);
  let configured = '';
  let instance = '';
  let seq = 0;
  let legs = 0;

  const takeLogOn = (
    { agentId }: Message<'logOn'>,
    { answer, events }: Outcome<SiteEvent>,
    state: SiteState,
  ) => {
    if (answer?.ok === false) return meet(`logon refused ${answer.refusal.detail}`);
    const logOn = events.find(each => each.type === 'agentLoggedOn');
    if (!logOn) return;
    if (logOn.extension !== state.directory.users.get(agentId)?.extension) meet(situations.elsewhere);
    if (!logOn.takenOverFrom) return;
    meet(situations.takenOver);
    const sessions = state.agents.get(agentId)?.sessions ?? [];
    if (sessions.some(id => speaks.has(state.sessions.get(id)?.phase.type ?? '')))
      meet(situations.takenOverTalking);
  };

  const takeConfiguration = (
    { configuration }: Message<'configure'>,
    { events }: Outcome<SiteEvent>,
    state: SiteState,
  ) => {
    const text = JSON.stringify(configuration);
    const isOther = configured !== '' && configured !== text;
    configured = text;
    if (!isOther) return;
    if (state.queues.waiting.size > 0) meet(situations.configuredWaiting);
    if ([...state.sessions.values()].some(each => speaks.has(each.phase.type)))
      meet(situations.configuredTalking);
    if (events.some(each => each.type === 'agentLeft')) meet(situations.leftByConfiguration);
    if (events.some(each => each.type === 'callUnqueued' && each.cause === 'groupRemoved'))
      meet(situations.groupRemoved);
  };

  const takeInventory = (message: Message<'inventory'>) => {
    if (legs > 0 && message.inventory.instance !== instance) meet(situations.restarted);
    if (message.inventory.legs.length > 0 && message.inventory.instance === instance)
      meet(situations.resumed);
    instance = message.inventory.instance;
    seq = message.seq;
  };

  const takeMessage = (message: SiteMessage, outcome: Outcome<SiteEvent>, state: SiteState) => {
    meet(`message ${message.type}`);
    switch (message.type) {
      case 'logOn':
        return takeLogOn(message, outcome, state);
      case 'configure':
        return takeConfiguration(message, outcome, state);
      case 'inventory':
        return takeInventory(message);
      case 'report':
        meet(`report ${message.report.type}`);
        if (message.seq <= seq) meet(situations.reportAgain);
        seq = Math.max(seq, message.seq);
        return;
      case 'clientLost':
        if (outcome.events.length === 0 && state.agents.get(message.agentId)?.presence.type === 'loggedOn')
          meet(situations.lateNews);
        return;
      case 'request':
        meet(`request ${message.request.method}`);
        if (outcome.events.length === 0) meet(situations.requestAgain);
        return;
      default:
    }
  };

  return {
    met,
    step(message, outcome, state) {
      takeMessage(message, outcome, state);
      for (const command of outcome.commands) {
        meet(`command ${command.type}`);
        if ('media' in command) meet(`media ${command.media.type}`);
      }
      for (const event of outcome.events) {
        meet(`event ${event.type}`);
        if (event.type === 'timerFired') meet(`timer ${event.timer}`);
        meet(`${event.type} ${causeOf(event)}`);
      }
      legs = state.legs.size;
    },
    recovered(state) {
      ({ instance, seq } = state.callManager);
      legs = state.legs.size;
    },
  };
};
