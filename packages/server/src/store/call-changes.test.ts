import type { CallDetail } from '@cordboard/core';
import { expect, test } from 'vitest';
import { callChanges } from './call-changes.ts';

const detail = (at: number, type: CallDetail['type'], rest: Partial<CallDetail> = {}): CallDetail => ({
  at,
  type,
  callId: 1,
  sessionId: 0,
  agentId: 0,
  groupId: 0,
  detail: '',
  data: '',
  ...rest,
});

test('the story of a call is one change: first queueing, first answer, last group', () => {
  const changes = callChanges([
    detail(10, 'started', { detail: '2001', data: '700' }),
    detail(11, 'queued', { groupId: 1 }),
    detail(12, 'offered', { groupId: 1, agentId: 7, sessionId: 5 }),
    detail(32, 'returned', { groupId: 2 }),
    detail(40, 'answered', { agentId: 8, sessionId: 6 }),
    detail(60, 'answered', { agentId: 9, sessionId: 7 }),
    detail(90, 'ended', { detail: 'normal' }),
  ]);
  expect(changes).toEqual([
    {
      callId: 1,
      startedAt: 10,
      queuedAt: 11,
      answeredAt: 40,
      endedAt: 90,
      callerNumber: '2001',
      calledNumber: '700',
      groupId: 2,
      agentId: 8,
      endCause: 'normal',
    },
  ]);
});

test('details of several calls are several changes, and what they do not say is null', () => {
  const changes = callChanges([
    detail(10, 'ended', { callId: 2, detail: 'busy' }),
    detail(11, 'held', { callId: 3 }),
  ]);
  expect(changes.map(each => [each.callId, each.startedAt, each.endedAt, each.endCause])).toEqual([
    [2, null, 10, 'busy'],
    [3, null, null, null],
  ]);
});
