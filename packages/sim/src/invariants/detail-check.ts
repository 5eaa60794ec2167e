import { type CallDetail, callDetails, type Outcome, type SiteEvent, type SiteState } from '@cordboard/core';
import type { Findings } from './findings.ts';

/** The call detail record, row by row, as it is written. */
export interface DetailCheck {
  step(outcome: Pick<Outcome<SiteEvent>, 'at' | 'events'>): void;
  /** what was decided and not written did not happen */
  recovered(state: SiteState): void;
  atTheEnd(state: SiteState): void;
}

interface Open {
  since: number;
  ended: boolean;
}

type Stage = 'nowhere' | 'offered' | 'made' | 'answered' | 'over';

/** What may still be written of a call that is over. */
const afterwards: ReadonlySet<CallDetail['type']> = new Set([
  'clericalStarted',
  'clericalExtended',
  'clericalEnded',
  'cqCodes',
  'ivrData',
  // told late, and over by then
  'recordingStarted',
  'recordingStopped',
  'cleared',
  'forced',
  'offerEnded',
]);

/** How a session's rows follow one another. */
const after: { [Type in CallDetail['type']]?: { from: Stage[]; to?: Stage } } = {
  offered: { from: ['nowhere'], to: 'offered' },
  dialled: { from: ['nowhere'], to: 'made' },
  consult: { from: ['nowhere'], to: 'made' },
  answered: { from: ['offered', 'made'], to: 'answered' },
  // who joins a busy extension's call speaks from then on
  intruded: { from: ['made', 'answered'], to: 'answered' },
  offerEnded: { from: ['offered'], to: 'over' },
  held: { from: ['answered'] },
  retrieved: { from: ['answered'] },
  clericalStarted: { from: ['answered'] },
  clericalEnded: { from: ['answered'], to: 'over' },
};

export const createDetailCheck = (findings: Findings): DetailCheck => {
  const calls = new Map<number, Open>();
  const sessions = new Map<number, Stage>();
  let last = 0;

  const violated = ({ callId, sessionId, type }: CallDetail, what: string) =>
    findings.violated('SIM-63', `call ${sessionId || callId}: a row ${type} ${what}`);

  const takeCall = (row: CallDetail) => {
    const open = calls.get(row.callId);
    if (row.type === 'started') {
      if (open) violated(row, 'of a call that was there');
      calls.set(row.callId, { since: row.at, ended: false });
      return;
    }
    if (!open) return violated(row, 'of a call that has none before it');
    if (row.at < open.since) violated(row, 'of before its beginning');
    if (open.ended && !afterwards.has(row.type)) violated(row, 'after its end');
    if (row.type === 'ended') open.ended = true;
  };

  const takeSession = (row: CallDetail) => {
    const stage = sessions.get(row.sessionId) ?? 'nowhere';
    const next = after[row.type];
    if (!next) return;
    if (!next.from.includes(stage)) violated(row, `of a session that is ${stage}`);
    if (next.to) sessions.set(row.sessionId, next.to);
  };

  return {
    step({ at, events }) {
      for (const row of callDetails({ at, events })) {
        if (row.at < last) violated(row, `at ${row.at}, after one at ${last}`);
        last = row.at;
        if (row.callId !== 0) takeCall(row);
        if (row.sessionId !== 0) takeSession(row);
      }
    },
    recovered(state) {
      last = state.now;
      calls.clear();
      sessions.clear();
      for (const { id, ended } of state.calls.values()) calls.set(id, { since: 0, ended });
      for (const { id, phase, incoming, connectedTime } of state.sessions.values()) {
        const isRinging = phase.type === 'offered';
        sessions.set(
          id,
          connectedTime !== null ? 'answered' : isRinging ? 'offered' : incoming ? 'over' : 'made',
        );
      }
    },
    atTheEnd(state) {
      for (const [id, { ended }] of calls) {
        if (!ended && !state.calls.has(id))
          findings.violated('SIM-63', `call ${id} has no end in the record`);
      }
    },
  };
};
