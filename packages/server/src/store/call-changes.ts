import type { CallDetail } from '@cordboard/core';

/** What some details say of one call; null = nothing about it. Milliseconds since the epoch. */
export interface CallChange {
  callId: number;
  startedAt: number | null;
  queuedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  callerNumber: string | null;
  calledNumber: string | null;
  groupId: number | null;
  agentId: number | null;
  endCause: string | null;
}

/** What details, in their order, say of each call. The first queueing and the first answer count, and the last group. */
export function callChanges(details: readonly CallDetail[]): CallChange[] {
  const changes = new Map<number, CallChange>();
  for (const detail of details) {
    const change = changes.get(detail.callId) ?? unchanged(detail.callId);
    changes.set(detail.callId, change);
    if (detail.groupId !== 0) change.groupId = detail.groupId;
    switch (detail.type) {
      case 'started':
        change.startedAt ??= detail.at;
        change.callerNumber ??= detail.detail;
        change.calledNumber ??= detail.data;
        break;
      case 'queued':
        change.queuedAt ??= detail.at;
        break;
      case 'answered':
        change.answeredAt ??= detail.at;
        change.agentId ??= detail.agentId;
        break;
      case 'ended':
        change.endedAt ??= detail.at;
        change.endCause ??= detail.detail;
        break;
      default:
        break;
    }
  }
  return [...changes.values()];
}

const unchanged = (callId: number): CallChange => ({
  callId,
  startedAt: null,
  queuedAt: null,
  answeredAt: null,
  endedAt: null,
  callerNumber: null,
  calledNumber: null,
  groupId: null,
  agentId: null,
  endCause: null,
});
