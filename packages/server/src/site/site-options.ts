import type { Clock } from '@cordboard/contract';
import type { SiteConfiguration } from '@cordboard/core';
import type { Logger } from '../logging/logger.ts';
import type { CallManager } from '../telephony/call-manager.ts';
import type { SiteCore } from './core.ts';
import type { Journal } from './journal.ts';
import type { RingBounds, StreamText } from './stream-rings.ts';

export interface SiteBounds {
  /** entries decided for one group commit */
  batch: number;
  /** entries that wait; requests beyond are refused with `overloaded` */
  mailbox: number;
  /** a snapshot is written after so many steps, or after so many milliseconds in which there was a step */
  snapshotSteps: number;
  snapshotMilliseconds: number;
  rings: RingBounds;
  /** how long a site that comes back waits for its call manager before it serves agents without it */
  callManagerMilliseconds: number;
}

export const defaultSiteBounds: SiteBounds = {
  batch: 256,
  mailbox: 20_000,
  snapshotSteps: 20_000,
  snapshotMilliseconds: 600_000,
  rings: { items: 500, milliseconds: 180_000 },
  callManagerMilliseconds: 10_000,
};

/** What there is to measure; called from the loop, must be quick. */
export interface SiteObserver {
  committed(figures: { steps: number; bytes: number; milliseconds: number }): void;
  reloaded(reason: string): void;
}

export interface SiteOptions<State, Event> {
  /** the site's number, first part of every command's id */
  site: number;
  core: SiteCore<State, Event>;
  journal: Journal;
  callManager: CallManager;
  clock: Clock;
  logger: Logger;
  configuration: SiteConfiguration;
  /** items of the agents' streams, durable, in order */
  publish: (items: StreamText[]) => void;
  newStream: () => string;
  bounds?: Partial<SiteBounds>;
  observer?: SiteObserver;
}

export type SiteStatus =
  /** takes the lease, reads the journal */
  | 'loading'
  /** has its state, hears from its call manager what happened meanwhile */
  | 'reconciling'
  | 'running'
  | 'closed';
