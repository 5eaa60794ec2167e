import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '../site/journal.ts';
import type { PostgresJournalOptions } from './journal-settings.ts';
import { openSession } from './postgres-session.ts';

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
