import type { Outcome, SiteEvent, SiteMessage, SiteState } from '@cordboard/core';
import type { Findings } from './findings.ts';

/** What comes again, and in which order of time things are written down. */
export interface RepeatCheck {
  step(message: SiteMessage, outcome: Pick<Outcome<SiteEvent>, 'at' | 'events' | 'commands'>): void;
  recovered(state: SiteState): void;
}

export const createRepeatCheck = (findings: Findings): RepeatCheck => {
  /** of the reports of this call manager */
  let taken = 0;
  let now = 0;

  const takeReport = (seq: number, changes: number) => {
    if (seq <= taken && changes > 0)
      findings.violated('SIM-61', `report ${seq} was taken before, and now leads to ${changes} things`);
    taken = Math.max(taken, seq);
  };

  return {
    step(message, { at, events, commands }) {
      if (at < now) findings.violated('SIM-61', `a step at ${at} after one at ${now}`);
      if (events.length > 0) now = at;
      if (message.type === 'report') takeReport(message.seq, events.length + commands.length);
      if (message.type === 'inventory') taken = message.seq;
    },
    recovered(state) {
      taken = state.callManager.seq;
      now = state.now;
    },
  };
};
