import { CallType } from '@cordboard/contract';
import { extensionOf } from '../agent/agent.ts';
import type { Session } from '../call/session.ts';
import { agentOf, type SiteState } from '../state.ts';
import { emit, nextLegId, nextSessionId, originate, type Turn } from '../turn.ts';
import type { Monitor } from './monitor.ts';

/** Calls the supervisor's phone, which answers by itself: an outgoing call of his to the agent, in which he is alone. */
export function listen(turn: Turn, monitor: Monitor, heard: Session): void {
  const { state } = turn;
  const { supervisorId, agentId, requestId } = monitor;
  const extension = extensionOf(agentOf(state, supervisorId));
  const shown = {
    number: extensionOf(agentOf(state, agentId)),
    name: nameOf(state, agentId),
  };
  const callId = state.counters.call + 1;
  const sessionId = nextSessionId(state);
  emit(turn, {
    type: 'callStarted',
    callId,
    origin: nextLegId(state),
    callerNumber: extension,
    callerName: nameOf(state, supervisorId),
    calledNumber: shown.number,
    destination: null,
    monitoring: true,
  });
  const legId = originate(
    turn,
    {
      to: { extension },
      callerNumber: shown.number,
      callerName: shown.name,
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
      agentId: supervisorId,
      callId,
      legId,
      type: CallType.Outgoing,
      incoming: false,
      phase: { type: 'dialing' },
      phoneNumber: shown.number,
      name: shown.name,
      calledNumber: shown.number,
      service: null,
      pending: { action: 'makeCall', requestId },
    },
    ringUntil: null,
  });
  emit(turn, {
    type: 'monitorListening',
    supervisorId,
    agentId,
    sessionId,
    callId,
    heardCallId: heard.callId,
  });
}

const nameOf = (state: SiteState, agentId: number): string => state.directory.users.get(agentId)?.name ?? '';
