import {
  type AgentSnapshot,
  type Answer,
  brokerMethods,
  type Clock,
  type LogonGrant,
  type LogonPlace,
  type RefusalReason,
  refused,
  type StreamItemMessage,
  type Transport,
  WireError,
} from '@cordboard/contract';
import { type BrokerSession, openBrokerSession } from './broker-session.ts';
import { brokerUrl, type Login } from './login.ts';
import type { LogOn } from './logon.ts';
import type { PingMeasured } from './ping.ts';

/**
 * The connection to the server:
 *
 *          logOn()              granted              accepted
 *   off ──────────► loggingOn ──────────► attaching ──────────► attached
 *    ▲                │  ▲ token refused      ▲                    │
 *    │ refused        │  └────────────────────┤       broken       │
 *    ├────────────────┘                       └──── (pause) ◄──────┤
 *    └───────────── logged off, here or by the server ─────────────┘
 */
export type UplinkState =
  /** `elsewhere`: where the agent is logged on instead */
  | { type: 'off'; problem: string | null; elsewhere?: LogonPlace }
  | { type: 'loggingOn'; problem: string | null }
  | { type: 'attaching'; grant: LogonGrant; problem: string | null }
  | { type: 'attached'; grant: LogonGrant };

export interface UplinkOptions {
  logOn: LogOn;
  connect(url: URL): Transport;
  clock: Clock;
  /** names this run of the application */
  client: string;
  /** spreads the tries of many applications after a server came back: 0 to 1 */
  random(): number;
  onState(state: UplinkState): void;
  /** `resumed: false`: items before it are lost to us */
  onSnapshot(snapshot: AgentSnapshot, seq: number): void;
  /** False: items are missing, attach again. */
  onItem(item: StreamItemMessage): boolean;
  onPing(measured: PingMeasured): void;
  requestMilliseconds?: number;
}

export interface Uplink {
  readonly state: UplinkState;
  logOn(login: Login): void;
  /** Logs off at the server, where it can be reached, and ends. */
  logOff(): Promise<void>;
  /** `requestId` makes a request that is sent again after a break act once. */
  request(method: string, parameters: object, requestId: string): Promise<Answer>;
  close(): void;
}

/** Another token is needed; any other refusal of `attach` may pass. */
const tokenRefusals: readonly RefusalReason[] = ['notLoggedOn', 'logonRefused'];

const firstPause = 100;
const longestPause = 5_000;

export const createUplink = (options: UplinkOptions): Uplink => {
  const { clock } = options;
  const requestMilliseconds = options.requestMilliseconds ?? 8_000;
  let state: UplinkState = { type: 'off', problem: null };
  let session: BrokerSession | null = null;
  let position: { stream: string; after: number } | null = null;
  let run = 0;
  let waiting: ((session: BrokerSession | null) => void)[] = [];

  const change = (next: UplinkState) => {
    state = next;
    options.onState(next);
  };
  const releaseWaiting = (next: BrokerSession | null) => {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve(next);
  };
  const end = (problem: string | null, elsewhere?: LogonPlace) => {
    run += 1;
    const ending = session;
    session = null;
    position = null;
    change({ type: 'off', problem, ...(elsewhere && { elsewhere }) });
    releaseWaiting(null);
    ending?.peer.close('logged off');
  };
  const pause = (attempt: number): Promise<void> => {
    const longest = Math.min(firstPause * 2 ** Math.min(attempt, 16), longestPause);
    return new Promise(resolve => clock.after(longest * (0.5 + options.random() / 2), resolve));
  };

  /** Null: refused for good, or not wanted any more. */
  const grantFor = async (login: Login, mine: number): Promise<LogonGrant | null> => {
    change({ type: 'loggingOn', problem: null });
    for (let attempt = 0; run === mine; attempt++) {
      const outcome = await options.logOn(login.server, login.request);
      if (run !== mine) break;
      if (outcome.type === 'granted') return outcome.grant;
      if (outcome.type === 'refused' && outcome.refusal.reason !== 'notReady') {
        end(outcome.refusal.reason, outcome.refusal.elsewhere);
        break;
      }
      const problem =
        outcome.type === 'refused'
          ? outcome.refusal.reason
          : `the server cannot be reached: ${outcome.detail}`;
      change({ type: 'loggingOn', problem });
      await pause(attempt);
    }
    return null;
  };

  const receive = (item: StreamItemMessage, from: BrokerSession) => {
    if (session !== from) return;
    if (!options.onItem(item)) return from.peer.close('items are missing');
    if (position && item.seq > position.after) position.after = item.seq;
  };

  /** Attaches and stays until the connection ends. Answers whether it was attached, or that the token is no good. */
  const attachOnce = async (
    login: Login,
    grant: LogonGrant,
    mine: number,
  ): Promise<'was attached' | 'failed' | 'token refused'> => {
    const ended = Promise.withResolvers<void>();
    let opened: BrokerSession | null = null;
    const answer = await openBrokerSession({
      transport: options.connect(brokerUrl(login, grant.broker)),
      clock,
      token: grant.token,
      client: options.client,
      resume: position,
      onItem: item => opened && receive(item, opened),
      onPing: options.onPing,
      onLoggedOff({ reason, elsewhere }) {
        if (run === mine && reason !== 'shutDown') end(reason, elsewhere);
      },
      onClose: () => ended.resolve(),
    });
    if (!answer.ok) return tokenRefusals.includes(answer.refusal.reason) ? 'token refused' : 'failed';
    opened = answer.value;
    if (run !== mine) {
      opened.peer.close('not wanted any more');
      return 'failed';
    }
    const { attached } = opened;
    grant.token = attached.token;
    session = opened;
    if (attached.snapshot) {
      position = { stream: attached.stream, after: attached.seq };
      options.onSnapshot(attached.snapshot, attached.seq);
    }
    change({ type: 'attached', grant });
    opened.start();
    releaseWaiting(opened);
    await ended.promise;
    if (session === opened) session = null;
    return 'was attached';
  };

  const stayAttached = async (login: Login, mine: number): Promise<void> => {
    let grant = await grantFor(login, mine);
    let failures = 0;
    while (grant && run === mine) {
      const outcome = await attachOnce(login, grant, mine).catch((error: unknown) => {
        if (error instanceof WireError) return 'failed' as const;
        throw error;
      });
      if (run !== mine) return;
      failures = outcome === 'was attached' ? 0 : failures + 1;
      // who was taken over himself does not take over again unasked
      if (outcome === 'token refused') grant = await grantFor(withoutTakeOver(login), mine);
      if (!grant) return;
      change({ type: 'attaching', grant, problem: 'the connection to the server is broken' });
      await pause(failures);
    }
  };

  const nextSession = (until: number): Promise<BrokerSession | null> =>
    new Promise(resolve => {
      const timer = clock.after(Math.max(0, until - clock.now()), () => resolve(null));
      waiting.push(next => {
        timer.cancel();
        resolve(next);
      });
    });

  /** Null: the connection broke, ask again on the next one. */
  const askOn = async (
    current: BrokerSession,
    method: string,
    parameters: object,
    requestId: string,
    until: number,
  ): Promise<Answer | null> => {
    try {
      const deadlineMilliseconds = Math.max(1, until - clock.now());
      return await current.peer.request(method, parameters, { id: requestId, deadlineMilliseconds });
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      if (error.kind !== 'closed') return refusedBy(error);
      if (session === current) session = null;
      return null;
    }
  };

  const request = async (method: string, parameters: object, requestId: string): Promise<Answer> => {
    const until = clock.now() + requestMilliseconds;
    for (;;) {
      if (state.type === 'off') return refused('notLoggedOn');
      const current = session ?? (await nextSession(until));
      if (!current) return refused('connectionLost');
      const answer = await askOn(current, method, parameters, requestId, until);
      if (answer) return answer;
    }
  };

  return {
    get state() {
      return state;
    },
    logOn(login) {
      if (state.type !== 'off') end(null);
      run += 1;
      void stayAttached(login, run);
    },
    async logOff() {
      const current = session;
      if (current)
        await current.peer
          .request(brokerMethods.logOff, {}, { deadlineMilliseconds: 2_000 })
          // the server logs a lost client off by itself
          .catch(() => {});
      if (state.type !== 'off') end(null);
    },
    request,
    close() {
      if (state.type !== 'off') end(null);
    },
  };
};

const withoutTakeOver = (login: Login): Login => ({
  ...login,
  request: { ...login.request, takeOver: false },
});

const refusedBy = (error: WireError): Answer => {
  switch (error.kind) {
    case 'deadlineExceeded':
      return refused('deadlineExceeded');
    case 'tooLarge':
      return refused('dataTooLong');
    // a server of another release
    case 'unknownMethod':
      return refused('notAvailable');
    default:
      return refused('internalError', error.kind);
  }
};
