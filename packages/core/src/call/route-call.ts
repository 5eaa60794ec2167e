import { CallType } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { extensionOf } from '../agent/agent.ts';
import { queueCall } from '../routing/queue-call.ts';
import { agentAt, legOf, type SiteState, sessionsOf } from '../state.ts';
import { emit, nextSessionId, originate, type Turn } from '../turn.ts';
import { isSteady, linesInUse } from './allowed.ts';
import type { Call } from './call.ts';
import { attemptFailed } from './leave-call.ts';
import { settleCall } from './settle-call.ts';

/** Takes a call to a number: a service number, an extension, or outside. */
export function routeCall(turn: Turn, call: Call, number: string): void {
  const { state } = turn;
  const group = state.directory.serviceNumbers.get(number);
  if (group !== undefined) {
    queueCall(turn, call, group);
    return;
  }
  if (state.directory.extensions.has(number)) {
    callExtension(turn, call, number);
    return;
  }
  const { outsideUri } = state.configuration;
  if (outsideUri === '') {
    attemptFailed(turn, call, 'unknownNumber');
    return;
  }
  originate(
    turn,
    {
      to: { uri: outsideUri.replaceAll('{number}', () => userPart(number)) },
      ...shown(call),
      answering: 'phone',
      ringSeconds: state.configuration.timers.outgoingRingSeconds,
      media: { type: 'none' },
    },
    { callId: call.id, sessionId: 0 },
  );
}

/** RFC 3261 §25.1: a plus needs no escape in the user part of a SIP URI, and peers compare it as it is. */
const userPart = (number: string): string => encodeURIComponent(number).replaceAll('%2B', '+');

const shown = (call: Call) => ({ callerNumber: call.callerNumber, callerName: call.callerName });

/** A direct call: it rings whether somebody is logged on there or not. */
function callExtension(turn: Turn, call: Call, extension: string): void {
  const { state } = turn;
  if (state.phones.get(extension)?.registered !== true) {
    attemptFailed(turn, call, 'unreachable');
    return;
  }
  const agent = agentAt(state, extension);
  if (isExtensionBusy(state, call, extension, agent)) {
    attemptFailed(turn, call, 'busy');
    return;
  }
  if (agent === undefined) ringPhone(turn, call, extension);
  else ringAgent(turn, call, agent);
  settleCall(turn, call);
}

/** One call may ring beside one that is under way, and nothing rings at a phone that is ringing or dialling. */
function isExtensionBusy(state: SiteState, call: Call, extension: string, agent: Agent | undefined): boolean {
  if (legOf(state, call.origin).extension === extension) return true;
  const looseLegs = state.phones.get(extension)?.looseLegs ?? 0;
  if (agent === undefined) return looseLegs >= 2;
  return agent.presence.type !== 'loggedOn' || !isSteady(state, agent) || isInUse(state, agent, looseLegs);
}

const isInUse = (state: SiteState, agent: Agent, looseLegs: number): boolean =>
  linesInUse(state, agent) + looseLegs >= 2;

function ringPhone(turn: Turn, call: Call, extension: string): void {
  originate(
    turn,
    {
      to: { extension },
      ...shown(call),
      // nobody could pick up from an application
      answering: 'phone',
      ringSeconds: turn.state.configuration.timers.outgoingRingSeconds,
      media: { type: 'none' },
    },
    { callId: call.id, sessionId: 0 },
  );
}

function ringAgent(turn: Turn, call: Call, agent: Agent): void {
  const { state } = turn;
  const extension = extensionOf(agent);
  const sessionId = nextSessionId(state);
  const legId = originate(
    turn,
    {
      to: { extension },
      ...shown(call),
      answering: state.directory.extensions.get(extension)?.answering ?? 'phone',
      ringSeconds: state.configuration.timers.outgoingRingSeconds,
      media: { type: 'none' },
    },
    { callId: call.id, sessionId },
  );
  emit(turn, {
    type: 'sessionStarted',
    session: {
      id: sessionId,
      agentId: agent.id,
      callId: call.id,
      legId,
      type: CallType.Incoming,
      incoming: true,
      phase: { type: 'offered' },
      phoneNumber: call.callerNumber,
      name: call.callerName,
      calledNumber: call.calledNumber,
      service: null,
      pending: null,
    },
    ringUntil: null,
  });
}

/** With another call on the agent's desk, what he makes is a consultation. */
export function typeOfNewCall(state: SiteState, agent: Agent): CallType {
  for (const { phase } of sessionsOf(state, agent)) {
    if (phase.type === 'connected' || phase.type === 'held' || phase.type === 'onHold') {
      return CallType.Consultation;
    }
  }
  return CallType.Outgoing;
}
