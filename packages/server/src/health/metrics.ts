import type { GroupFigures } from '@cordboard/core';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SiteObserver } from '../site/site-options.ts';
import type { DatabaseState } from '../supervision/database.ts';
import type { SwitchFigures } from '../telephony/embedded-switch.ts';
import { restartsOf } from './health.ts';
import type { TrunkHealth } from './trunks.ts';

/** Where the figures of a scrape come from. Asked only then; one that throws is left out of that scrape. */
export interface MetricSources {
  groups(): readonly GroupFigures[];
  /** connections of Agent applications */
  connections(): number;
  /** entries in the site's mailbox */
  waiting(): number;
  database(): DatabaseState;
  /** steps that the call tables are behind the journal */
  projectionLag(): number;
  /** the call manager's own counters by name (see `SwitchStats`) and its trunks, or null when it does not answer */
  callManager(): Promise<SwitchFigures | null>;
}

export interface Metrics {
  /** for the site's loop */
  observer: SiteObserver;
  /** what `/metrics` says, in the text format of Prometheus */
  page(): Promise<{ status: number; contentType: string; body: string }>;
}

/** From a fifth of a millisecond, which a good disk takes, to what a caller notices. */
const commitBuckets = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/**
 * Milliseconds between two looks at how late the event loop is. Each wakes the process: with the usual 10 ms they take nearly a
 * hundredth of a core while nothing else happens.
 */
const lagPrecision = 100;

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({
    register: registry,
    prefix: 'cordboard_',
    eventLoopMonitoringPrecision: lagPrecision,
  });
  const commits = new Histogram({
    name: 'cordboard_journal_commit_seconds',
    help: 'How long a group commit took',
    buckets: commitBuckets,
    registers,
  });
  const steps = new Counter({
    name: 'cordboard_journal_steps_total',
    help: 'Steps made durable',
    registers,
  });
  const bytes = new Counter({
    name: 'cordboard_journal_bytes_total',
    help: 'Bytes made durable',
    registers,
  });
  const reloads = new Counter({
    name: 'cordboard_site_reloads_total',
    help: 'Times the site threw its state away and read the journal again',
    registers,
  });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `cordboard_${name}`,
      help,
      registers,
      collect() {
        this.reset();
        const value = attempt(read);
        if (value !== null) this.set(value);
      },
    });
  };
  gauge('connections', 'Connections of Agent applications', sources.connections);
  gauge('mailbox_waiting', 'Messages that wait for the site', sources.waiting);
  gauge('projection_lag_steps', 'Steps that the call tables are behind the journal', sources.projectionLag);
  gauge('database_restarts', 'Times the database was started again', () => restartsOf(sources.database()));
  groupGauges(registers, sources);
  callManagerGauges(registers, sources);
  trunkGauges(registers, sources);

  return {
    observer: {
      committed({ steps: count, bytes: size, milliseconds }) {
        commits.observe(milliseconds / 1000);
        steps.inc(count);
        bytes.inc(size);
      },
      reloaded: () => reloads.inc(),
    },
    async page() {
      return { status: 200, contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/** The group's name is a label: it is configuration, no customer's data. */
function groupGauges(registers: Registry[], { groups }: MetricSources): void {
  const queue = (name: string, help: string, read: (figures: GroupFigures) => number): void => {
    new Gauge({
      name: `cordboard_${name}`,
      help,
      labelNames: ['group'],
      registers,
      collect() {
        this.reset();
        for (const each of attempt(groups) ?? []) this.set({ group: each.name }, read(each));
      },
    });
  };
  queue('calls_in_queue', 'Calls that wait in a service group', each => each.callsInQueue);
  queue('longest_wait_seconds', 'How long the first of them has waited', each => each.longestWaitSeconds);
  new Gauge({
    name: 'cordboard_agents',
    help: 'Agents who serve a service group: available, busy (with a session, clerical included), unavailable (else)',
    labelNames: ['group', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { name: group, agentsLoggedOn, agentsAvailable, agentsBusy } of attempt(groups) ?? []) {
        this.set({ group, state: 'available' }, agentsAvailable);
        this.set({ group, state: 'busy' }, agentsBusy);
        this.set({ group, state: 'unavailable' }, Math.max(0, agentsLoggedOn - agentsAvailable - agentsBusy));
      }
    },
  });
}

/** Among them what was dropped: `malformed` and `oversized`. A call manager that starts again counts from 0. */
function callManagerGauges(registers: Registry[], { callManager }: MetricSources): void {
  new Gauge({
    name: 'cordboard_call_manager',
    help: "The call manager's counters since its start, and with `current` what exists now",
    labelNames: ['figure'],
    registers,
    async collect() {
      this.reset();
      const figures = await callManager().catch(() => null);
      for (const [figure, value] of Object.entries(figures?.counted ?? {})) this.set({ figure }, value);
    },
  });
}

/** The trunk's name is a label: it is configuration. Its account is none. */
function trunkGauges(registers: Registry[], { callManager }: MetricSources): void {
  const gauge = (name: string, help: string, read: (trunk: TrunkHealth) => number | null): void => {
    new Gauge({
      name: `cordboard_trunk_${name}`,
      help,
      labelNames: ['trunk', 'state'],
      registers,
      async collect() {
        this.reset();
        const figures = await callManager().catch(() => null);
        for (const trunk of figures?.trunks ?? []) {
          const value = read(trunk);
          if (value !== null) this.set({ trunk: trunk.name, state: trunk.state }, value);
        }
      },
    });
  };
  gauge('up', '1: calls can be tried there; 0: not, for the reason on the health page', each => +each.up);
  gauge('calls', 'Calls by the trunk now, those that still ring included', each => each.calls);
  gauge('since_seconds', 'When its state began, in seconds since the epoch', each =>
    each.since === null ? null : Date.parse(each.since) / 1000,
  );
}

/** A figure that cannot be had must not cost the others. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
