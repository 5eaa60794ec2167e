import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallHistory, openCallHistory } from './call-history.ts';
import { startTestPostgres, type TestPostgres } from './testing/test-postgres.ts';

let postgres: TestPostgres;
let connection: pg.ClientConfig;
let history: CallHistory;

/** Call `id` began so many minutes ago, waited ten seconds, and was spoken for a minute. */
const past = (
  id: number,
  minutes: number,
  more: { caller?: string; group?: number; answered?: boolean } = {},
) => {
  const { caller = '+46812345', group = 7, answered = true } = more;
  const at = `now() - interval '${minutes} minutes'`;
  return `(1, ${id}, ${at}, ${at}, ${answered ? `${at} + interval '10 seconds'` : 'null'},
    ${at} + interval '70 seconds', '${caller}', '700', ${group}, ${answered ? 3 : 'null'}, 'normal')`;
};

beforeAll(async () => {
  postgres = await startTestPostgres();
  connection = await postgres.createDatabase();
  const rows = [
    past(1, 30),
    past(2, 20, { answered: false }),
    past(3, 10, { caller: '+4670' }),
    past(4, 5, { group: 8 }),
    past(5, 1),
    past(6, 2, { caller: '' }),
    past(7, 600),
  ];
  await postgres.query(
    connection,
    `insert into call_history (site, call_id, started_at, queued_at, answered_at, ended_at, caller_number,
      called_number, group_id, agent_id, end_cause) values ${rows.join(', ')}`,
  );
  await postgres.query(
    connection,
    `insert into call_detail (site, seq, part, at, type, call_id, session_id, agent_id, group_id, detail, data)
      values (1, 1, 0, now(), 'cqCodes', 1, 1, 3, 7, 'X', 'Mistaken'), (1, 2, 0, now(), 'cqCodes', 1, 1, 3, 7, 'S', 'Sold')`,
  );
  history = openCallHistory(connection, 1);
});
afterAll(async () => {
  await history?.close();
  await postgres?.close();
});

const scope = { groupIds: [7], agentId: 99 };

test('WIN-52 of a number its earlier calls, the newest first, with the codes that were entered last', async () => {
  const rows = await history.ofCaller('+46812345', 5, scope);
  expect(rows.map(each => [each.agentId, each.seconds, each.codes])).toEqual([
    [null, 0, ''],
    [3, 60, 'Sold'],
    [3, 60, ''],
  ]);
  expect(rows[0]?.groupId).toBe(7);
});

test("WIN-52 other tenants' calls are not told, but those that the agent answered himself; nor is anonymous anybody", async () => {
  expect(await history.ofCaller('+46812345', 5, { groupIds: [], agentId: 99 })).toEqual([]);
  expect(await history.ofCaller('+46812345', 5, { groupIds: [], agentId: 3 })).toHaveLength(3);
  expect(await history.ofCaller('', 5, scope)).toEqual([]);
  expect(await history.ofCaller("' or true --\0", 5, scope)).toEqual([]);
});

test('WIN-52 a number is looked up by its index', async () => {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain select * from call_history where site = 1 and caller_number = '1' and caller_number <> '' order by started_at desc limit 20`,
  );
  await client.end();
  expect(rows.map(each => each['QUERY PLAN']).join('\n')).toContain('call_history_caller');
});

test('WIN-56 the service level is of the last hour: answered in time, of those answered or lost', async () => {
  expect([...(await history.serviceLevels([7, 8, 9]))].sort()).toEqual([
    [7, 80],
    [8, 100],
  ]);
});
