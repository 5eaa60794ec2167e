import type pg from 'pg';

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

export type JournalSettings = Required<PostgresJournalOptions>;
