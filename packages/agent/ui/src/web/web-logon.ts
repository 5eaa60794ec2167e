import type { DeskStatus, LaunchParameters, LogonPlace } from '@cordboard/contract';
import type { Store } from '../state/store.ts';
import { createWebSession, type WebLogonOutcome, type WebSession } from './web-session.ts';

/** What the log-on page shows where there is no application yet that would say it. */
const nobody = (session: WebSession, problem: string | null, elsewhere?: LogonPlace): DeskStatus => ({
  release: '',
  pid: 0,
  startedAt: '',
  connection: 'off',
  problem,
  ready: false,
  loggedOnAt: null,
  privileges: [],
  remembered: { server: location.origin, ...session.remembered() },
  softphone: false,
  logLevel: 0,
  ...(elsewhere && { elsewhere }),
});

/** Logging on and off in a page that the server serves: the application begins with the log-on and ends with it. */
export interface WebLogon {
  readonly door: WebSession;
  logOn(parameters: LaunchParameters, takeOver: boolean): Promise<void>;
  /** The status to be shown: what the application says, and what only the page knows. */
  complete(status: DeskStatus): DeskStatus;
}

export interface WebLogonOptions {
  store: Store;
  /** there is a token now, or none any more */
  wake(): void;
  sleep(): void;
}

/** A site that starts is ready within seconds; so often it is asked again. */
const patience = 60;
const pauseMilliseconds = 1_000;
const isNotReady = (outcome: WebLogonOutcome): boolean =>
  outcome.type === 'refused' && outcome.refusal.reason === 'notReady';

export const createWebLogon = ({ store, wake, sleep }: WebLogonOptions): WebLogon => {
  const show = (status: DeskStatus) => {
    store.dispatch({ type: 'application', application: 'open' });
    store.dispatch({ type: 'status', status });
  };
  const over = (problem: string | null, elsewhere?: LogonPlace) => {
    const status = nobody(door, problem, elsewhere);
    sleep();
    show(status);
    return status;
  };
  const door = createWebSession({
    stores: { session: sessionStorage, browser: localStorage },
    fetch: (...given) => fetch(...given),
    onOver: ({ reason, elsewhere }) => void over(reason, elsewhere),
  });
  if (door.token() === null) show(nobody(door, null));

  return {
    door,
    async logOn(parameters, takeOver) {
      show({ ...nobody(door, null), connection: 'loggingOn' });
      let outcome = await door.logOn(parameters, takeOver);
      for (let tries = 0; tries < patience && isNotReady(outcome); tries++) {
        show({ ...nobody(door, 'notReady'), connection: 'loggingOn' });
        await new Promise(resolve => setTimeout(resolve, pauseMilliseconds));
        outcome = await door.logOn(parameters, takeOver);
      }
      if (outcome.type === 'granted') return wake();
      if (outcome.type === 'unreachable') return show(nobody(door, 'unreachable'));
      const { reason, elsewhere } = outcome.refusal;
      show(nobody(door, reason, elsewhere));
    },
    complete(status) {
      if (status.connection !== 'off') return { ...status, remembered: nobody(door, null).remembered };
      door.forget();
      return over(status.problem, status.elsewhere);
    },
  };
};
