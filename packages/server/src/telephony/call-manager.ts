import type { CallManagerCommand, CallManagerInventory, CallManagerReport } from '@cordboard/core';

/**
 * A call manager as the site's loop uses it. It lives on its own; the link to it comes and goes.
 *
 *   attach --attached--> linked --lost--> waiting --attached--> linked ... --close--> closed
 */
export interface CallManager {
  /** From now on the listener hears what happens there, after what it has missed since `after`. An earlier link is thrown out. */
  attach(options: { epoch: number; after: Position | null; listener: CallManagerListener }): CallManagerLink;
}

/** How far the reports of one call manager instance were taken. */
export interface Position {
  instance: string;
  seq: number;
}

export interface NumberedReport {
  seq: number;
  /** milliseconds since the epoch, by the call manager's clock */
  at: number;
  report: CallManagerReport;
}

export interface CallManagerListener {
  /**
   * The link is there (again): first what was missed since the last acknowledged position, then what exists now.
   * Another instance than before: all legs of the earlier one are gone.
   */
  attached(missed: NumberedReport[], inventory: CallManagerInventory, seq: number): void;
  report(report: NumberedReport): void;
  /** a command that cannot be done; what that means for the leg has been told as a report of its own where there is one */
  refused(command: CallManagerCommand, reason: string): void;
  /** the link is gone; the call manager, or its successor, will attach again */
  lost(): void;
}

export interface CallManagerLink {
  /** Sent at once; without a link, dropped: the inventory tells the loop what has to be asked again. */
  execute(id: string, command: CallManagerCommand): void;
  /** Reports up to here are durable: they need not be kept, and the next attach starts after them. */
  acknowledge(position: Position): void;
  close(): void;
}
