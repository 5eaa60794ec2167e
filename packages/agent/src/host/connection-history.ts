import type { Clock } from '@cordboard/contract';
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
}

const momentsKept = 100;
/** half an hour of heartbeats */
const pingsKept = 180;

export const createConnectionHistory = (clock: Clock): ConnectionHistory => {
  let moments: ConnectionMoment[] = [];
  let pings: PingMeasured[] = [];
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
      const last = moments.at(-1);
      return last?.state === 'attached' ? last.at : null;
    },
  };
};
