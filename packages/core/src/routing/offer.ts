import { CallType } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import { emit, originate, type Turn } from '../turn.ts';

/** The call manager's own limit lies behind the site's, which decides. */
const spareRingSeconds = 10;

/** Rings at the agent. The place in the queue becomes his session and keeps its id. */
export function offer(turn: Turn, call: Call, agent: Agent): void {
  const { state } = turn;
  const { service } = call;
  if (service?.stage.type !== 'waiting') return;
  const extension = extensionOf(agent);
  const ringSeconds = state.directory.groups.get(service.groupId)?.ringSeconds ?? 20;
  const sessionId = service.stage.itemId;
  const legId = originate(
    turn,
    {
      to: { extension },
      callerNumber: call.callerNumber,
      callerName: call.callerName,
      answering: state.directory.extensions.get(extension)?.answering ?? 'phone',
      ringSeconds: ringSeconds + spareRingSeconds,
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
      service: {
        groupId: service.groupId,
        groupName: service.groupName,
        queueSeconds: Math.floor((state.now - service.since) / 1000),
      },
      pending: null,
    },
    ringUntil: state.now + ringSeconds * 1000,
  });
}
