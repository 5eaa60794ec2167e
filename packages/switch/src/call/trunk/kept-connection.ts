import type { Clock, Timer } from '../../sip/clock.ts';
import type { ConnectionProblem, Flow } from '../../sip/transport/flow.ts';

/** A trunk's TLS connection, kept open, so that it is known whether calls can go there and others can come. */
export interface KeptConnection {
  /** the peer has proved who it is, at the last connection that came up or failed */
  readonly proven: boolean;
  readonly problem: ConnectionProblem | undefined;
  /** the connection, opened where there is none */
  flow(): Flow | undefined;
  closed(flow: Flow, problem: ConnectionProblem | undefined): void;
  secured(flow: Flow): void;
  close(): void;
}

interface Options {
  clock: Clock;
  /** 0 to 1 */
  random(): number;
  /** undefined while its name is not known */
  open(): Flow | undefined;
  changed(): void;
}

/** Milliseconds between attempts: doubled with each that fails, and never all trunks at once. */
const firstPause = 1_000;
const longestPause = 300_000;

/**
 *   opening --secured--> proven --closed--> opening again after a second, and proven until that fails
 *      ^ '--problem--> failed --pause--.
 *      '-------------------------------'
 */
export function keepConnection(options: Options): KeptConnection {
  let current: Flow | undefined;
  let proven = false;
  let problem: ConnectionProblem | undefined;
  let failures = 0;
  let timer: Timer | undefined;
  let ended = false;

  function flow(): Flow | undefined {
    current = options.open();
    return current;
  }

  function openLater(): void {
    timer?.cancel();
    const pause = Math.min(firstPause * 2 ** failures, longestPause);
    timer = options.clock.after(pause * (0.5 + options.random() / 2), () => void flow());
  }

  return {
    get proven() {
      return proven;
    },
    get problem() {
      return problem;
    },
    flow,
    closed(gone, why) {
      if (gone !== current || ended) return;
      if (why !== undefined) {
        proven = false;
        problem = why;
        failures++;
        options.changed();
      }
      openLater();
    },
    secured(up) {
      if (up !== current || ended) return;
      proven = true;
      problem = undefined;
      failures = 0;
      options.changed();
    },
    close() {
      ended = true;
      timer?.cancel();
    },
  };
}
