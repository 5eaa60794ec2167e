import { CallType } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import { ringAt } from '../call/ring-at.ts';
import type { Turn } from '../turn.ts';

/** Rings at the agent. The place in the queue becomes his session and keeps its id. */
export function offer(turn: Turn, call: Call, agent: Agent): void {
  const { state } = turn;
  const { service } = call;
  if (service?.stage.type !== 'waiting') return;
  ringAt(turn, call, agent, {
    sessionId: service.stage.itemId,
    type: service.waiting.callback !== null && call.legs.length === 0 ? CallType.Callback : CallType.Incoming,
    service: {
      groupId: service.groupId,
      groupName: service.groupName,
      queueSeconds: Math.floor((state.now - service.since) / 1000),
    },
    seconds: state.directory.groups.get(service.groupId)?.ringSeconds ?? 20,
  });
}
