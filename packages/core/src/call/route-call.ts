import { CallType } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import { keepPersonal } from '../dispatch/place.ts';
import { startFlow } from '../flow/run-flow.ts';
import { consultedSession } from '../join/consultation.ts';
import { queueCall } from '../routing/queue-call.ts';
import { agentAt, type SiteState } from '../state.ts';
import { nextSessionId, originate, type Turn } from '../turn.ts';
import type { Call } from './call.ts';
import { isExtensionBusy } from './extension-busy.ts';
import { attemptFailed } from './leave-call.ts';
import { ringAt, ringPhone } from './ring-at.ts';
import { settleCall } from './settle-call.ts';

/** Takes a call to a number: a service number, an extension, or outside. */
export function routeCall(turn: Turn, call: Call, number: string): void {
  const { state } = turn;
  const group = state.directory.serviceNumbers.get(number);
  if (group !== undefined) {
    queueCall(turn, call, group);
    return;
  }
  const flow = state.directory.flowNumbers.get(number);
  if (flow !== undefined) {
    startFlow(turn, call, flow, call.origin);
    return;
  }
  if (state.directory.extensions.has(number)) {
    callExtension(turn, call, number);
    return;
  }
  const { outsideUri, outsideByNumber } = state.configuration;
  if (outsideUri === '') {
    attemptFailed(turn, call, 'unknownNumber');
    return;
  }
  originate(
    turn,
    {
      to:
        outsideByNumber === true
          ? { number }
          : { uri: outsideUri.replaceAll('{number}', () => userPart(number)) },
      ...shown(call),
      answering: 'phone',
      ringSeconds: state.configuration.timers.outgoingRingSeconds,
      media: { type: 'none' },
    },
    { callId: call.id, sessionId: 0, party: { number, name: '' } },
  );
}

/** RFC 3261 §25.1: a plus needs no escape in the user part of a SIP URI, and peers compare it as it is. */
const userPart = (number: string): string => encodeURIComponent(number).replaceAll('%2B', '+');

const shown = (call: Call) => ({ callerNumber: call.callerNumber, callerName: call.callerName });

/** A direct call: it rings whether somebody is logged on there or not. */
function callExtension(turn: Turn, call: Call, extension: string): void {
  const { state } = turn;
  const agent = agentAt(state, extension);
  const cause = whyNot(state, call, extension, agent);
  if (cause !== null) {
    if (agent === undefined || !keepPersonal(turn, call, agent)) attemptFailed(turn, call, cause);
    return;
  }
  if (agent !== undefined && waitsForReady(state, agent) && keepPersonal(turn, call, agent)) return;
  if (agent === undefined) ringPhone(turn, call, extension);
  else {
    ringAt(turn, call, agent, {
      sessionId: nextSessionId(state),
      type: CallType.Incoming,
      service: null,
      seconds: state.configuration.timers.outgoingRingSeconds,
    });
  }
  settleCall(turn, call);
}

function whyNot(
  state: SiteState,
  call: Call,
  extension: string,
  agent: Agent | undefined,
): 'unreachable' | 'busy' | null {
  if (state.phones.get(extension)?.registered !== true) return 'unreachable';
  return isExtensionBusy(state, call, extension, agent) ? 'busy' : null;
}

const waitsForReady = (state: SiteState, agent: Agent): boolean =>
  !agent.ready.voice && state.directory.users.get(agent.id)?.personalWhenNotReady === true;

/** With another call on the agent's desk, what he makes is a consultation. */
export const typeOfNewCall = (state: SiteState, agent: Agent): CallType =>
  consultedSession(state, agent) === 0 ? CallType.Outgoing : CallType.Consultation;
