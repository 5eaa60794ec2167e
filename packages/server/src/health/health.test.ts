import { expect, test } from 'vitest';
import { healthOf, healthPage, type PartStates } from './health.ts';

const good: PartStates = {
  site: 'running',
  waiting: 0,
  callManager: 'attached',
  database: { type: 'running', restarts: 2, pid: 4711 },
  journal: { last: 500, projected: 498 },
};

test('a server whose parts work is healthy, and says how far its journal is', () => {
  expect(healthOf(good)).toEqual({
    status: 'healthy',
    reasons: [],
    site: 'running',
    callManager: 'attached',
    database: 'running',
    databaseRestarts: 2,
    journal: { last: 500, lag: 2 },
    waiting: 0,
  });
});

test.each<[Partial<PartStates>, string]>([
  [{ site: 'loading' }, 'the site is loading'],
  [{ site: 'reconciling' }, 'the site is reconciling'],
  [{ callManager: 'lost' }, 'the call manager is not attached'],
  [{ database: { type: 'waiting', restarts: 1 } }, 'the database is waiting'],
  [{ database: { type: 'starting', restarts: 1 } }, 'the database is starting'],
])('with %j it fails, and says so with 503', (change, reason) => {
  const health = healthOf({ ...good, ...change });
  expect([health.status, health.reasons]).toEqual(['failing', [reason]]);
  expect(healthPage(health)).toMatchObject({ status: 503, contentType: 'application/json' });
});

test('a database of others is as good as our own', () => {
  expect(healthOf({ ...good, database: { type: 'external' } }).status).toBe('healthy');
});

test('a server that is late still works', () => {
  const health = healthOf({ ...good, waiting: 2_000, journal: { last: 50_000, projected: 10 } });
  expect([health.status, health.reasons]).toEqual([
    'working',
    ['2000 messages wait for the site', 'the call tables are 49990 steps behind'],
  ]);
  expect(healthPage(health).status).toBe(200);
  expect(JSON.parse(healthPage(health).body)).toEqual(health);
});

test('without a projector nothing lags', () => {
  expect(healthOf({ ...good, journal: { last: 50_000, projected: null } }).status).toBe('healthy');
});
