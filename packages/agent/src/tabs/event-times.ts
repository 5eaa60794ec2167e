import type { Clock, HandledReport } from '@cordboard/contract';
import type { AgentLog } from '../log/agent-log.ts';

/** How long events take from the application to the handlers of a page, for the log. */
export interface EventTimes {
  /** An event went out. */
  told(seq: number): void;
  handled(page: string, handled: HandledReport['handled']): void;
}

const kept = 1_000;

export const createEventTimes = (clock: Clock, log: AgentLog): EventTimes => {
  const toldAt = new Map<number, number>();
  return {
    told(seq) {
      toldAt.set(seq, clock.now());
      toldAt.delete(seq - kept);
    },
    handled(page, handled) {
      for (const [seq, at] of handled) {
        const told = toldAt.get(seq);
        if (told !== undefined)
          log.detail(`${page} handled event ${seq}`, { milliseconds: Math.max(0, Math.round(at - told)) });
      }
    },
  };
};
