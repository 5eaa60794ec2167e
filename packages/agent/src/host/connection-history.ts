import type { Clock, ConnectionReport } from '@cordboard/contract';
import type { PingMeasured } from './ping.ts';
import type { UplinkState } from './uplink.ts';

export interface ConnectionMoment {
  /** milliseconds since the epoch */
  at: number;
  state: UplinkState['type'];
  problem: string | null;
}

/** What the connection to the server went through, for whoever must find out why it broke. */
export interface ConnectionHistory {
  note(state: UplinkState['type'], problem: string | null): void;
  ping(measured: PingMeasured): void;
  /** oldest first */
  readonly moments: readonly ConnectionMoment[];
  readonly pings: readonly PingMeasured[];
  /** null: it is not */
  readonly attachedSince: number | null;
  /** for the window, beside how the connection is now */
  report(now: Pick<ConnectionReport, 'server' | 'state' | 'problem' | 'lastSequence'>): ConnectionReport;
}

const momentsKept = 100;
/** half an hour of heartbeats */
const pingsKept = 180;

export const createConnectionHistory = (clock: Clock): ConnectionHistory => {
  let moments: ConnectionMoment[] = [];
  let pings: PingMeasured[] = [];
  const attachedSince = () => {
    const last = moments.at(-1);
    return last?.state === 'attached' ? last.at : null;
  };
  return {
    note(state, problem) {
      const last = moments.at(-1);
      if (last?.state === state && last.problem === problem) return;
      moments = [...moments, { at: clock.now(), state, problem }].slice(-momentsKept);
    },
    ping(measured) {
      pings = [...pings, measured].slice(-pingsKept);
    },
    get moments() {
      return moments;
    },
    get pings() {
      return pings;
    },
    get attachedSince() {
      return attachedSince();
    },
    report: now => ({
      ...now,
      now: clock.now(),
      attachedSince: attachedSince(),
      history: moments,
      pings,
    }),
  };
};
