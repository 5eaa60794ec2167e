import type { Clock, HandledReport } from '@cordboard/contract';
import type { StreamEntry } from '../host/client-stream.ts';
import type { AgentLog } from '../log/agent-log.ts';

/** How long events take from the site to the handlers of a page, for the log and whoever looks at it in the window. */
export interface EventTimes {
  /** An event went out; `at`: when the site made it, by the clock of the server. */
  told(entry: StreamEntry, at: number | undefined): void;
  handled(page: string, handled: HandledReport['handled']): void;
}

const kept = 1_000;

export const createEventTimes = (
  clock: Clock,
  log: AgentLog,
  /** milliseconds by which the server's clock is ahead of this machine's, which is the page's too */
  clockOffset: () => number,
): EventTimes => {
  const told = new Map<number, { event: string; at: number }>();
  return {
    told({ seq, event }, at = clock.now() + clockOffset()) {
      told.set(seq, { event, at });
      told.delete(seq - kept);
    },
    handled(page, handled) {
      for (const [seq, handledAt] of handled) {
        const entry = told.get(seq);
        if (entry)
          log.integration({
            direction: 'SEEN',
            client: page,
            name: entry.event,
            content: { at: new Date(entry.at).toISOString() },
            milliseconds: handledAt + clockOffset() - entry.at,
          });
      }
    },
  };
};
