import type { Clock } from '@cordboard/contract';
import type { Answer, SiteConfiguration, SiteRequest } from '@cordboard/core';
import type { Logger } from '../logging/logger.ts';
import type { CallManager } from '../telephony/call-manager.ts';
import type { AttachOutcome } from './attached-stream.ts';
import type { SiteCore } from './core.ts';
import type { Entry } from './entry.ts';
import type { Journal } from './journal.ts';
import { createLoop } from './loop.ts';
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

/** One routing loop with its journal. Everything is answered after it is durable. */
export interface Site<State = unknown> {
  readonly status: SiteStatus;
  readonly waiting: number;
  /** for figures: the state as it is now, which may be a moment ahead of the journal, and the last step. Null while it is loaded. */
  read(): { state: State; last: number } | null;
  /** resolves when the site runs for the first time */
  start(): Promise<void>;
  configure(configuration: SiteConfiguration): Promise<Answer>;
  logOn(agent: { agentId: number; extension: string; client: string }): Promise<Answer>;
  logOff(agentId: number): Promise<Answer>;
  /** `attached` is called before any later item of this agent is published */
  attachClient(agentId: number, client: string, attached: (outcome: AttachOutcome) => void): void;
  loseClient(agentId: number, client: string): void;
  /** a request of unknown outcome is refused with `connectionLost`; sent again with the same id it acts once */
  request(agentId: number, requestId: string, request: SiteRequest): Promise<Answer>;
  /** Stops deciding, gives the lease back. Calls go on in the call manager. */
  close(): Promise<void>;
}

export function createSite<State, Event>(options: SiteOptions<State, Event>): Site<State> {
  const bounds = { ...defaultSiteBounds, ...options.bounds };
  const loop = createLoop({ ...options, bounds });

  function ask(entry: (settle: (answer: Answer) => void) => Entry, bounded = true): Promise<Answer> {
    return new Promise(resolve => {
      if (loop.status() === 'closed') resolve({ ok: false, refusal: { reason: 'connectionLost' } });
      else if (bounded && loop.mailbox.length >= bounds.mailbox) {
        resolve({ ok: false, refusal: { reason: 'overloaded' } });
      } else loop.mailbox.put(entry(resolve));
    });
  }

  return {
    get status() {
      return loop.status();
    },
    get waiting() {
      return loop.mailbox.length;
    },
    read: loop.current,
    start: loop.start,
    configure(configuration) {
      return loop.configure(configuration);
    },
    logOn: agent => ask(settle => ({ type: 'logOn', ...agent, settle })),
    logOff: agentId => ask(settle => ({ type: 'logOff', agentId, settle }), false),
    attachClient(agentId, client, attached) {
      if (loop.status() === 'closed' || loop.mailbox.length >= bounds.mailbox) attached('notNow');
      else loop.mailbox.put({ type: 'clientAttached', agentId, client, settle: attached });
    },
    loseClient(agentId, client) {
      if (loop.status() !== 'closed') loop.mailbox.put({ type: 'clientLost', agentId, client });
    },
    request: (agentId, requestId, request) =>
      ask(settle => ({ type: 'request', agentId, requestId, request, settle })),
    close: loop.close,
  };
}
