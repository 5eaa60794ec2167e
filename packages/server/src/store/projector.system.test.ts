import type { CallEvent, SiteEvent } from '@cordboard/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeRow } from '../site/row.ts';
import { callProjection } from './call-projection.ts';
import { createPostgresJournal } from './postgres-journal.ts';
import { type Projection, startProjector } from './projector.ts';
import { pruneJournal } from './prune-journal.ts';
import { startTestPostgres, type TestPostgres } from './testing/test-postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.close());

const signal = new AbortController().signal;
const lineage = { stream: 's', position: null, reports: 0, at: 0 };
const noon = Date.UTC(2026, 10, 22, 12);

/** A journal in which each call is started and queued in one step, and answered or given up in another. */
async function writeCalls(connection: Parameters<typeof startProjector>[0]['connection'], calls: number) {
  const session = await createPostgresJournal({ connection, site: 1, owner: 'me' }).open({ signal });
  for (let callId = 1; callId <= calls; callId += 1) {
    const arrived: CallEvent[] = [
      {
        type: 'callStarted',
        callId,
        origin: `leg${callId}`,
        callerNumber: '2001',
        callerName: 'With \0 inside',
        calledNumber: '700\0',
        destination: null,
      },
      {
        type: 'callQueued',
        callId,
        itemId: callId,
        groupId: 1,
        groupName: 'Sales',
        priority: 5,
        order: callId,
        since: noon,
        returned: false,
        declined: null,
      },
    ];
    const over: CallEvent[] = [
      ...(callId % 2 === 0 ? [answered(callId)] : []),
      { type: 'callEnded', callId, cause: 'normal' },
    ];
    const steps = [
      { at: noon, events: arrived },
      { at: noon + 4_000, events: over },
    ].map((step, index) => ({ ...step, seq: session.last + 1 + index, published: [] }));
    await session.append(encodeRow<SiteEvent>(session.last, steps, lineage));
  }
  return session;
}

const answered = (callId: number): CallEvent => ({
  type: 'sessionMoved',
  sessionId: callId,
  callId,
  agentId: 7,
  from: 'offered',
  phase: { type: 'connected' },
});

test('STO-26 calls of the journal stand in the tables, once, also when the projector is killed again and again', async () => {
  const connection = await postgres.createDatabase();
  const session = await writeCalls(connection, 300);
  const lines: string[] = [];
  let writes = 0;
  const interrupted: Projection = {
    name: callProjection.name,
    async apply(client, site, rows) {
      await callProjection.apply(client, site, rows);
      writes += 1;
      // after its rows are written and before its position is
      if (writes <= 3) await postgres.breakConnections(connection);
    },
  };
  const options = { connection, site: 1, log: (line: string) => void lines.push(line) };
  const projector = startProjector({ ...options, projection: interrupted, pollSeconds: 0.05 });
  await expect.poll(() => projector.position, { timeout: 20_000 }).toBe(600);
  await projector.close();
  expect(lines).toHaveLength(3);
  // two rows of the first step; one or two of the second
  expect(await postgres.query(connection, 'select count(*)::int from call_detail')).toEqual([
    { count: 300 * 2 + 300 + 150 },
  ]);
  const calls = await postgres.query(
    connection,
    'select caller_number, called_number, group_id, agent_id, end_cause, count(*)::int from call_history group by 1, 2, 3, 4, 5 order by 4',
  );
  const common = {
    caller_number: '2001',
    called_number: '700',
    group_id: 1,
    end_cause: 'normal',
    count: 150,
  };
  expect(calls).toEqual([
    { ...common, agent_id: 7 },
    { ...common, agent_id: null },
  ]);
  await session.close();
});

test('STO-27 each service group has its figures for each quarter of an hour', async () => {
  const connection = await postgres.createDatabase();
  const session = await writeCalls(connection, 5);
  const projector = startProjector({ connection, site: 1, projection: callProjection, log: () => {} });
  await expect.poll(() => projector.position).toBe(10);
  await projector.close();
  const [row] = await postgres.query(
    connection,
    'select group_id, begins_at, queued::int, answered::int, abandoned::int, mean_seconds_to_answer, longest_wait_seconds from group_interval',
  );
  expect(row).toEqual({
    group_id: 1,
    begins_at: new Date(noon),
    queued: 5,
    answered: 2,
    abandoned: 3,
    mean_seconds_to_answer: 4,
    longest_wait_seconds: 4,
  });
  await session.close();
});

test('a new row is projected when the projector is woken', async () => {
  const connection = await postgres.createDatabase();
  const seen: number[] = [];
  const projection: Projection = {
    name: 'counting',
    apply: async (_client, _site, rows) => void seen.push(...rows.map(row => row.last)),
  };
  const projector = startProjector({ connection, site: 1, projection, log: () => {}, pollSeconds: 3600 });
  const session = await createPostgresJournal({ connection, site: 1 }).open({ signal });
  await session.append({ after: 0, last: 3, body: Uint8Array.of(1) });
  await expect
    .poll(() => {
      projector.wake();
      return seen;
    })
    .toEqual([3]);
  await projector.close();
  await session.close();
});

test('STO-28 the journal is pruned only on demand, and never of what a snapshot or a projection needs', async () => {
  const connection = await postgres.createDatabase();
  const session = await createPostgresJournal({ connection, site: 1 }).open({ signal });
  const body = Uint8Array.of(1);
  for (let last = 1; last <= 10; last += 1) await session.append({ after: last - 1, last, body });
  await postgres.query(
    connection,
    `update journal set written_at = now() - interval '3 days' where last_seq < 9`,
  );
  expect(await pruneJournal(connection, 1, { keepDays: 2 })).toBe(0);
  await session.saveSnapshot({ seq: 6, body });
  await session.saveSnapshot({ seq: 10, body });
  await postgres.query(connection, `insert into projection values (1, 'slow', 4)`);
  expect(await pruneJournal(connection, 1, { keepDays: 2 })).toBe(4);
  await postgres.query(connection, 'update projection set seq = 10');
  expect(await pruneJournal(connection, 1, { keepDays: 2 })).toBe(2);
  const kept: number[] = [];
  for await (const row of session.replay(6)) kept.push(row.last);
  expect(kept).toEqual([7, 8, 9, 10]);
  await expect(pruneJournal(connection, 1, { keepDays: 0 })).rejects.toThrow('at least a day');
  await session.close();
});
