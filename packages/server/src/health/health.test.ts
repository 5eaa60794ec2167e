import { expect, test } from 'vitest';
import { healthOf, healthPage, type PartStates } from './health.ts';
import type { TrunkHealth } from './trunks.ts';

const trunk: TrunkHealth = {
  name: 'Provider',
  up: true,
  state: 'registered',
  since: '2026-01-02T03:04:05.000Z',
  calls: 1,
  reason: '',
};

const good: PartStates = {
  site: 'running',
  waiting: 0,
  callManager: 'attached',
  trunks: [trunk],
  database: { type: 'running', restarts: 2, pid: 4711 },
  journal: { last: 500, projected: 498 },
};

test('a server whose parts work is healthy, and says how far its journal is', () => {
  expect(healthOf(good)).toEqual({
    status: 'healthy',
    reasons: [],
    site: 'running',
    callManager: 'attached',
    trunks: [trunk],
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

test('TEL-15 a trunk that is down is named with its reason; within the house calls go on', () => {
  const down: TrunkHealth = { ...trunk, up: false, state: 'silent', reason: 'it does not answer OPTIONS' };
  const health = healthOf({ ...good, trunks: [trunk, { ...down, name: 'Exchange' }] });
  expect([health.status, health.reasons]).toEqual([
    'working',
    ['trunk Exchange is down: it does not answer OPTIONS'],
  ]);
  expect(healthPage(health)).toMatchObject({ status: 200, forStrangers: '{"status":"working"}\n' });
});

test('a call manager that does not tell of its trunks makes nothing worse', () => {
  expect(healthOf({ ...good, trunks: null })).toMatchObject({ status: 'healthy', trunks: null });
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
