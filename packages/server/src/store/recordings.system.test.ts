import type { SiteEvent } from '@cordboard/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encodeRow } from '../site/row.ts';
import { callProjection } from './call-projection.ts';
import { createPostgresJournal } from './postgres-journal.ts';
import { startProjector, together } from './projector.ts';
import { recordingProjection } from './recording-projection.ts';
import { openRecordingStore, type RecordingFilter, type RecordingStore } from './recordings.ts';
import { startTestPostgres, type TestPostgres } from './testing/test-postgres.ts';

let postgres: TestPostgres;
let connection: Awaited<ReturnType<TestPostgres['createDatabase']>>;
let store: RecordingStore;

const noon = Date.UTC(2026, 10, 22, 12);
const everything: RecordingFilter = {
  agentId: null,
  groupId: null,
  from: null,
  until: null,
  before: null,
  limit: 10,
};

const steps: { at: number; events: SiteEvent[] }[] = [1, 2, 3].flatMap(id => {
  const of = { file: `${id}.wav`, sessionId: id, callId: id, agentId: id, groupId: 7 };
  const at = noon + id * 1000;
  return [
    {
      at,
      events: [{ type: 'recordingStarted', ...of, tenantId: id === 3 ? 2 : 1, cause: 'asked' } as const],
    },
    { at: at + 100, events: [{ type: 'recordingPaused', ...of, on: true } as const] },
    { at: at + 200, events: [{ type: 'recordingPaused', ...of, on: false } as const] },
    {
      at: at + 300,
      events: [
        {
          type: 'recordingEnded',
          ...of,
          milliseconds: 200,
          unexpected: false,
          requestId: '',
        } as const,
      ],
    },
  ];
});
const monitoring: SiteEvent[] = [
  { type: 'monitorStarted', supervisorId: 5, agentId: 1, continuous: true, requestId: 'r' },
  { type: 'monitorListening', supervisorId: 5, agentId: 1, sessionId: 9, callId: 9, heardCallId: 4 },
  { type: 'monitorModeSet', supervisorId: 5, agentId: 1, mode: 'whisper' },
  { type: 'monitorEnded', supervisorId: 5, agentId: 1, cause: 'asked' },
];

beforeAll(async () => {
  postgres = await startTestPostgres();
  connection = await postgres.createDatabase();
  const session = await createPostgresJournal({ connection, site: 1, owner: 'me' }).open({
    signal: new AbortController().signal,
  });
  const all = [...steps, { at: noon, events: monitoring }];
  const written = all.map((step, index) => ({ ...step, seq: index + 1, published: [] }));
  await session.append(
    encodeRow<SiteEvent>(0, written, { stream: 's', position: null, reports: 0, at: noon }),
  );
  const projector = startProjector({
    connection,
    site: 1,
    projection: together(callProjection, recordingProjection),
    log: () => undefined,
    pollSeconds: 0.05,
  });
  await vi.waitFor(() => expect(projector.position).toBe(written.length), { timeout: 20_000 });
  await projector.close();
  await session.close();
  store = openRecordingStore(connection, 1);
});
afterAll(async () => {
  await store?.close();
  await postgres?.close();
});

const everybody = { tenantId: 1, agentId: null };

test('REC-40 a recording of the journal is a row, with its pauses and its length', async () => {
  const [row] = await store.list({ tenantId: 1, agentId: 1 }, everything);
  expect(row).toEqual({
    id: expect.any(Number),
    agentId: 1,
    groupId: 7,
    callId: 1,
    sessionId: 1,
    cause: 'asked',
    startedAt: new Date(noon + 1000),
    endedAt: new Date(noon + 1300),
    milliseconds: 200,
    pauses: [{ from: new Date(noon + 1100), until: new Date(noon + 1200) }],
    deletedAt: null,
  });
});

test('REC-34 the newest first, of the tenant alone, filtered by agent and time, in pages', async () => {
  const agents = async (filter: Partial<RecordingFilter>, scope = everybody) =>
    (await store.list(scope, { ...everything, ...filter })).map(each => each.agentId);
  expect(await agents({})).toEqual([2, 1]);
  expect(await agents({}, { tenantId: 2, agentId: null })).toEqual([3]);
  expect(await agents({ agentId: 1 })).toEqual([1]);
  expect(await agents({ groupId: 8 })).toEqual([]);
  expect(await agents({ from: new Date(noon + 2000) })).toEqual([2]);
  expect(await agents({ until: new Date(noon + 2000) })).toEqual([1]);
  const [newest] = await store.list(everybody, { ...everything, limit: 1 });
  expect(await agents({ before: newest?.id ?? 0 })).toEqual([1]);
});

test('REC-36 who played what stands in the audit, once a minute however many pieces he asked for', async () => {
  const [row] = await store.list(everybody, everything);
  const recording = await store.find(everybody, row?.id ?? 0);
  if (recording === null) throw new Error('it was listed');
  for (let piece = 0; piece < 3; piece += 1) await store.auditPlayback(5, recording);
  expect(
    await postgres.query(
      connection,
      "select agent_id, subject_agent_id from audit where action = 'recordingPlayed'",
    ),
  ).toEqual([{ agent_id: 5, subject_agent_id: 2 }]);
});

test('MON-17 who monitored whom, when and how, stands in the audit', async () => {
  expect(
    await postgres.query(
      connection,
      "select agent_id, action, subject_agent_id, call_id::int, detail from audit where action like 'monitor%' order by id",
    ),
  ).toEqual(
    [
      ['monitorStarted', 0, 'continuous'],
      ['monitorListening', 4, ''],
      ['monitorModeSet', 0, 'whisper'],
      ['monitorEnded', 0, 'asked'],
    ].map(([action, call_id, detail]) => ({ agent_id: 5, action, subject_agent_id: 1, call_id, detail })),
  );
});

test('REC-37 what is deleted keeps its row, is marked once, and the audit says so', async () => {
  const old = await store.olderThan(1, 10);
  expect(old).toEqual([]);
  await postgres.query(connection, "update recording set started_at = started_at - interval '1000 days'");
  const [first] = await store.olderThan(300, 10);
  if (first === undefined) throw new Error('they are old now');
  await store.markDeleted(first, 'too old');
  await store.markDeleted(first, 'too old');
  expect((await store.olderThan(300, 10)).map(each => each.id)).not.toContain(first.id);
  expect(await store.find(everybody, first.id)).toMatchObject({ deleted: true });
  expect(
    await postgres.query(connection, "select count(*)::int from audit where action = 'recordingDeleted'"),
  ).toEqual([{ count: 1 }]);
});
