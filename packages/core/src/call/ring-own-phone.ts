import type { CallType } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import { emit, nextLegId, nextSessionId, originate, type Turn } from '../turn.ts';
import type { EventOf } from './call.ts';

/** A call that begins at the agent's own phone. */
export interface OwnCall {
  type: CallType;
  /** whom he calls, as his phone shows it */
  number: string;
  callerName: string;
  /** and as his application does */
  name: string;
  requestId: string;
  /** what is special of the call */
  call: Pick<EventOf<'callStarted'>, 'destination' | 'consultationOf' | 'monitoring'>;
}

/** Calls the agent's own phone, which answers by itself: an outgoing call of his. */
export function ringOwnPhone(
  turn: Turn,
  agent: Agent,
  { type, number, callerName, name, requestId, call }: OwnCall,
): { callId: number; sessionId: number } {
  const { state } = turn;
  const extension = extensionOf(agent);
  const callId = state.counters.call + 1;
  const sessionId = nextSessionId(state);
  emit(turn, {
    type: 'callStarted',
    callId,
    origin: nextLegId(state),
    callerNumber: extension,
    callerName: state.directory.users.get(agent.id)?.name ?? '',
    calledNumber: number,
    ...call,
  });
  const legId = originate(
    turn,
    {
      to: { extension },
      callerNumber: number,
      callerName,
      answering: 'immediately',
      ringSeconds: state.configuration.timers.outgoingRingSeconds,
      media: { type: 'none' },
    },
    { callId, sessionId },
  );
  emit(turn, {
    type: 'sessionStarted',
    session: {
      id: sessionId,
      agentId: agent.id,
      callId,
      legId,
      type,
      incoming: false,
      phase: { type: 'dialing' },
      phoneNumber: number,
      name,
      calledNumber: number,
      service: null,
      pending: { action: 'makeCall', requestId },
    },
    ringUntil: null,
  });
  return { callId, sessionId };
}
