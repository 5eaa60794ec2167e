import type { Abilities } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import { partyToSendOn } from '../deflect/party-to-send-on.ts';
import { conferenceRefusal, transferRefusal } from '../join/can-join.ts';
import { monitoredBy } from '../monitor/monitored-by.ts';
import { isToldOfListener } from '../monitor/notice.ts';
import type { AgentId } from '../site.ts';
import { agentOf, type SiteState, sessionsOf } from '../state.ts';
import { clericalEnds } from './clerical-ends.ts';
import type { Session } from './session.ts';

/** The six Can flags of ICall: what this agent may do with this session now. Requests ask the same function. */
export interface Allowed {
  answer: boolean;
  deflect: boolean;
  hangup: boolean;
  hold: boolean;
  retrieve: boolean;
  reject: boolean;
}

/** A phone has so many lines; sessions in clerical state take none. */
export const maximumLines = 4;

/**
 * | state                     | answer | deflect | hangup | hold | retrieve                           | reject       |
 * |---------------------------|--------|---------|--------|------|------------------------------------|--------------|
 * | Failed, Dialing, Calling  |        |         | yes    |      |                                    |              |
 * | Offered                   | yes*   | yes     |        |      |                                    | service call |
 * | Connected                 |        | yes     | yes    | yes  |                                    |              |
 * | Held                      |        |         | yes    |      | unless another is Dialing, Calling |              |
 * | On Hold                   |        |         | yes    |      |                                    |              |
 * | Conference                |        |         | yes    | yes  |                                    |              |
 *
 * * not where the phone has to be answered by hand. Deflecting takes somebody at the other end who can be sent on. While the customer is in the authentication nothing is.
 */
export function allowed(state: SiteState, session: Session): Allowed {
  const flags = {
    answer: false,
    deflect: false,
    hangup: false,
    hold: false,
    retrieve: false,
    reject: false,
  };
  switch (session.phase.type) {
    case 'offered':
      flags.deflect = partyToSendOn(state, session) !== null;
      flags.answer = !isAnsweredByHand(state, session);
      flags.reject = session.service !== null;
      break;
    case 'connected':
      flags.deflect = partyToSendOn(state, session) !== null;
      flags.hangup = true;
      flags.hold = true;
      break;
    case 'conference':
      flags.hangup = true;
      flags.hold = true;
      break;
    case 'held':
      flags.hangup = true;
      flags.retrieve = !isDialing(state, agentOf(state, session.agentId));
      break;
    case 'failed':
    case 'dialing':
    case 'calling':
    case 'onHold':
      flags.hangup = true;
      break;
    case 'authenticating':
    case 'clearing':
    case 'clerical':
    case 'forceClearing':
    case 'idle':
      break;
  }
  return flags;
}

export const allowedBits = (flags: Allowed): number =>
  (flags.answer ? 1 : 0) |
  (flags.deflect ? 2 : 0) |
  (flags.hangup ? 4 : 0) |
  (flags.hold ? 8 : 0) |
  (flags.retrieve ? 16 : 0) |
  (flags.reject ? 32 : 0);

export const isAnsweredByHand = (state: SiteState, session: Session): boolean =>
  state.legs.get(session.legId)?.origin?.answering === 'phone';

const isDialing = (state: SiteState, agent: Agent): boolean => {
  for (const { phase } of sessionsOf(state, agent)) {
    if (phase.type === 'dialing' || phase.type === 'calling') return true;
  }
  return false;
};

/** What CanMakeCall, CanConference and CanTransfer answer. */
export function abilities(state: SiteState, agentId: AgentId): Abilities {
  const agent = state.agents.get(agentId);
  const clerical = clericalEnds(state, agentId);
  const monitoring = monitoredBy(state, agentId);
  return {
    canMakeCall: agent !== undefined && canMakeCall(state, agent),
    canConference: agent !== undefined && conferenceRefusal(state, agent) === null,
    canTransfer: agent !== undefined && canTransfer(state, agent),
    ...(isToldOfListener(state, agentId) && { monitored: true }),
    ...(clerical.length > 0 && { clerical }),
    ...(monitoring !== null && { monitoring }),
  };
}

/** The same for equal abilities only; a number where that is enough, for it is made at every step of every agent. */
export function abilitySignature(each: Abilities): number | string {
  if (each.clerical !== undefined || each.monitoring !== undefined) return JSON.stringify(each);
  return (
    (each.canMakeCall ? 1 : 0) |
    (each.canConference ? 2 : 0) |
    (each.canTransfer ? 4 : 0) |
    (each.monitored ? 8 : 0)
  );
}

/** Some held call can be transferred: which, says the request. */
function canTransfer(state: SiteState, agent: Agent): boolean {
  for (const session of sessionsOf(state, agent)) {
    if (transferRefusal(state, agent, session) === null) return true;
  }
  return false;
}

/** Logged on, Ready or not; the phone registered with a line free; nothing being set up or cleared. */
function canMakeCall(state: SiteState, agent: Agent): boolean {
  if (agent.presence.type !== 'loggedOn') return false;
  if (state.phones.get(extensionOf(agent))?.registered !== true) return false;
  return isSteady(state, agent) && linesInUse(state, agent) < maximumLines;
}

/** No session is being set up or cleared. */
export function isSteady(state: SiteState, agent: Agent): boolean {
  for (const { phase } of sessionsOf(state, agent)) {
    if (
      phase.type === 'dialing' ||
      phase.type === 'offered' ||
      phase.type === 'calling' ||
      phase.type === 'clearing'
    ) {
      return false;
    }
  }
  return true;
}

export function linesInUse(state: SiteState, agent: Agent): number {
  let lines = 0;
  for (const { phase } of sessionsOf(state, agent)) if (phase.type !== 'clerical') lines += 1;
  return lines;
}
