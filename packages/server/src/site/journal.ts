/**
 * What the routing loop needs of a store: one writer a site, and a row a group commit.
 *
 * The loop numbers its steps from 1. A row holds the steps `after + 1` to `last` of one group commit as one opaque body.
 * Fencing is the store's: an append counts only if this session's lease is the newest and the row before it is `after`.
 */
export interface Journal {
  /**
   * Takes the site's lease with an epoch higher than any before. Waits while another owner's lease has not run out.
   * Rejects when the store cannot be reached; the loop asks again.
   */
  open(options: { signal: AbortSignal }): Promise<JournalSession>;
}

export interface JournalSession {
  readonly epoch: number;
  /** number of the last step that is durable; 0 = the journal is empty */
  readonly last: number;
  /** the newest snapshot, or null */
  snapshot(): Promise<Snapshot | null>;
  /** rows in order, from the one that holds step `after + 1` to the end; the first may begin earlier */
  replay(after: number): AsyncIterable<JournalRow>;
  /**
   * One group commit. `fenced`: another writer has the site, nothing was written. Rejects when the outcome is unknown
   * (connection lost, time over): then the session is worth nothing any more.
   */
  append(row: JournalRow): Promise<'appended' | 'fenced'>;
  /** Keeps this one and may forget older ones. Never called while an earlier call is under way. */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /** Called once when the lease is gone (taken, or could not be renewed in time). */
  onLost(listener: () => void): void;
  /** Gives the lease back so that another may take it at once. */
  close(): Promise<void>;
}

export interface JournalRow {
  /** the row holds the steps after this number */
  after: number;
  last: number;
  body: Uint8Array;
}

export interface Snapshot {
  /** the state after this step */
  seq: number;
  body: Uint8Array;
}
