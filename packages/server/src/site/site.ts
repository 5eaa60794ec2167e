import type { Answer, SiteConfiguration, SiteRequest } from '@cordboard/core';
import type { AttachOutcome } from './attached-stream.ts';
import type { Entry, LogOnOfAgent } from './entry.ts';
import { createLoop } from './loop.ts';
import { defaultSiteBounds, type SiteOptions, type SiteStatus } from './site-options.ts';

/** One routing loop with its journal. Everything is answered after it is durable. */
export interface Site<State = unknown> {
  readonly status: SiteStatus;
  readonly waiting: number;
  /** for figures: the state as it is now, which may be a moment ahead of the journal, and the last step. Null while it is loaded. */
  read(): { state: State; last: number } | null;
  /** resolves when the site runs for the first time */
  start(): Promise<void>;
  configure(configuration: SiteConfiguration): Promise<Answer>;
  logOn(agent: LogOnOfAgent): Promise<Answer>;
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
