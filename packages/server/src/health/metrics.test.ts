import { expect, test } from 'vitest';
import { createMetrics, type MetricSources } from './metrics.ts';

const sources: MetricSources = {
  groups: () => [
    {
      groupId: 1,
      name: 'Sales',
      callsInQueue: 3,
      longestWaitSeconds: 41,
      agentsLoggedOn: 5,
      agentsAvailable: 0,
      agentsBusy: 4,
    },
  ],
  connections: () => 5,
  waiting: () => 1,
  database: () => ({ type: 'running', restarts: 2, pid: 1 }),
  projectionLag: () => 7,
  callManager: async () => ({
    counted: { malformed: 4, currentLegs: 9 },
    trunks: [
      {
        name: 'Provider',
        up: true,
        state: 'registered',
        since: '1970-01-01T00:01:00.000Z',
        calls: 2,
        reason: '',
      },
      {
        name: 'Old',
        up: false,
        state: 'registrationFailed',
        since: null,
        calls: 0,
        reason: 'the registrar refuses with 403',
      },
    ],
  }),
};

async function lines(
  changed: Partial<MetricSources> = {},
  act?: (metrics: ReturnType<typeof createMetrics>) => void,
) {
  const metrics = createMetrics({ ...sources, ...changed });
  act?.(metrics);
  const { status, contentType, body } = await metrics.page();
  expect([status, contentType]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  return body.split('\n');
}

test('a scrape shows queues, agents, connections, database and call manager as they are', async () => {
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'cordboard_calls_in_queue{group="Sales"} 3',
      'cordboard_longest_wait_seconds{group="Sales"} 41',
      'cordboard_agents{group="Sales",state="available"} 0',
      'cordboard_agents{group="Sales",state="busy"} 4',
      'cordboard_agents{group="Sales",state="unavailable"} 1',
      'cordboard_connections 5',
      'cordboard_mailbox_waiting 1',
      'cordboard_database_restarts 2',
      'cordboard_projection_lag_steps 7',
      'cordboard_call_manager{figure="malformed"} 4',
      'cordboard_call_manager{figure="currentLegs"} 9',
    ]),
  );
});

test('TEL-15 each trunk is shown by name: up or not, in which state since when, and its calls', async () => {
  const found = await lines();
  expect(found.filter(line => line.startsWith('cordboard_trunk_'))).toEqual([
    'cordboard_trunk_up{trunk="Provider",state="registered"} 1',
    'cordboard_trunk_up{trunk="Old",state="registrationFailed"} 0',
    'cordboard_trunk_calls{trunk="Provider",state="registered"} 2',
    'cordboard_trunk_calls{trunk="Old",state="registrationFailed"} 0',
    'cordboard_trunk_since_seconds{trunk="Provider",state="registered"} 60',
  ]);
});

test('commits are counted with their steps, bytes and duration', async () => {
  const found = await lines({}, ({ observer }) => {
    observer.committed({ steps: 3, bytes: 900, milliseconds: 0.4 });
    observer.committed({ steps: 1, bytes: 100, milliseconds: 30 });
    observer.reloaded('the lease is lost');
  });
  expect(found).toEqual(
    expect.arrayContaining([
      'cordboard_journal_commit_seconds_bucket{le="0.0005"} 1',
      'cordboard_journal_commit_seconds_bucket{le="0.05"} 2',
      'cordboard_journal_commit_seconds_count 2',
      'cordboard_journal_steps_total 4',
      'cordboard_journal_bytes_total 1000',
      'cordboard_site_reloads_total 1',
    ]),
  );
});

test('a figure that cannot be had costs only itself', async () => {
  const found = await lines({
    groups: () => {
      throw new Error('loading');
    },
    callManager: async () => {
      throw new Error('lost');
    },
  });
  expect(found).toContain('cordboard_connections 5');
  expect(found.filter(line => /^cordboard_(calls_in_queue|call_manager|trunk_\w+)\{/.test(line))).toEqual([]);
});

test('a group that is gone is shown no more', async () => {
  let groups = sources.groups();
  const metrics = createMetrics({ ...sources, groups: () => groups });
  expect((await metrics.page()).body).toContain('cordboard_calls_in_queue{group="Sales"} 3');
  groups = [];
  expect((await metrics.page()).body).not.toContain('group="Sales"');
});
