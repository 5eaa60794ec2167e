import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Journal } from '../site/journal.ts';
import { openSession } from './postgres-session.ts';

export interface PostgresJournalOptions {
  connection: pg.ClientConfig;
  /** the site's id */
  site: number;
  /**
   * Names the owner of a lease. One that is given is taken for this process at once, however long its lease still runs: give it only where
   * no other process can use the database. Else a random one: an earlier process's lease must run out first.
   */
  owner?: string;
  /** a lease lasts this long by the database's clock; 2 s unless told */
  leaseSeconds?: number;
  /** it is renewed this often; a fifth of its length unless told; Infinity = never, for tests */
  renewSeconds?: number;
  /** an append that takes longer is given up: its outcome is unknown; 10 s unless told */
  appendSeconds?: number;
}

/** The journal in PostgreSQL: one writer a site, fenced by a lease row; one row a group commit. */
export function createPostgresJournal(options: PostgresJournalOptions): Journal {
  const leaseSeconds = options.leaseSeconds ?? 2;
  const settings = {
    connection: options.connection,
    site: options.site,
    owner: options.owner ?? randomUUID(),
    leaseSeconds,
    renewSeconds: options.renewSeconds ?? leaseSeconds / 5,
    appendSeconds: options.appendSeconds ?? 10,
  };
  return {
    async open({ signal }) {
      for (;;) {
        signal.throwIfAborted();
        const session = await openSession(settings, signal);
        if (session !== null) return session;
        await sleep((leaseSeconds * 1000) / 20, undefined, { signal });
      }
    },
  };
}

export type JournalSettings = Required<PostgresJournalOptions>;
