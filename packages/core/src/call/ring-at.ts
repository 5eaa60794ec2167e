import type { CallType } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import { emit, originate, type Turn } from '../turn.ts';
import type { Call } from './call.ts';
import type { Session } from './session.ts';

/** How a call rings at an agent. */
export interface Ringing {
  sessionId: number;
  type: CallType;
  /** null = he is called himself */
  service: Session['service'];
  seconds: number;
}

/** The call manager's own limit lies behind the site's, where the site decides. */
const spareRingSeconds = 10;

/** A call rings at an agent. What comes from a service group goes back there when he does not answer in time. */
export function ringAt(turn: Turn, call: Call, agent: Agent, ringing: Ringing): void {
  const { state } = turn;
  const { sessionId, type, service, seconds } = ringing;
  const extension = extensionOf(agent);
  const legId = originate(
    turn,
    {
      to: { extension },
      callerNumber: call.callerNumber,
      callerName: call.callerName,
      answering: state.directory.extensions.get(extension)?.answering ?? 'phone',
      ringSeconds: service === null ? seconds : seconds + spareRingSeconds,
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
      type,
      incoming: true,
      phase: { type: 'offered' },
      phoneNumber: call.callerNumber,
      name: call.callerName,
      calledNumber: call.calledNumber,
      service,
      pending: null,
    },
    ringUntil: service === null ? null : state.now + seconds * 1000,
  });
}

/** A call rings at a phone where nobody is logged on: nobody could pick up from an application. */
export function ringPhone(turn: Turn, call: Call, extension: string): void {
  originate(
    turn,
    {
      to: { extension },
      callerNumber: call.callerNumber,
      callerName: call.callerName,
      answering: 'phone',
      ringSeconds: turn.state.configuration.timers.outgoingRingSeconds,
      media: { type: 'none' },
    },
    { callId: call.id, sessionId: 0 },
  );
}
