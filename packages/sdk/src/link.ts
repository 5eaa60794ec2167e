import {
  type AgentSnapshot,
  type Answer,
  accepted,
  type Clock,
  type EventMessage,
  type RuntimeFile,
  refused,
  WireError,
} from '@cordboard/contract';
import type { ApplicationAccess } from './application-access.ts';
import type { ConnectionState } from './client-events.ts';
import { ArgumentError } from './errors.ts';
import { openSession, type Position, type Session } from './session.ts';

type State =
  | { type: 'idle' }
  | { type: 'connecting'; outcome: Promise<Answer> }
  | { type: 'connected'; session: Session; application: RuntimeFile }
  | { type: 'reconnecting'; application: RuntimeFile }
  | { type: 'closed' };

export interface LinkOptions {
  access: ApplicationAccess;
  clock: Clock;
  client: string;
  clientId: string;
  deadlineMilliseconds: number;
  /** by `initialize`; before any event of the connection */
  onConnected(application: RuntimeFile): void;
  /** by the first connection, or the first after `uninitialize`; before any event of it */
  onFirstSnapshot(snapshot: AgentSnapshot): void;
  onEvent(event: string, values: unknown[]): void;
  onResynchronized(snapshot: AgentSnapshot): void;
  onChanged(state: ConnectionState): void;
  /** the application that this client was connected to is gone */
  onLost(): void;
}

/**
 * Keeps a client connected: after a break it connects again, goes on after the last event seen, and sends again, under
 * the same ids, the requests that have no answer.
 */
export interface Link {
  initialize(): Promise<Answer>;
  uninitialize(): void;
  /** the id is known before the answer: what the site says later of the request may come first */
  request(method: string, parameters: object): { answer: Promise<Answer>; id: number };
  close(): void;
  readonly state: ConnectionState;
}

const firstPause = 20;
const longestPause = 2_000;
/** A connection refused this often by a process that is alive: it is not our application (any more). */
const patience = 6;

export const createLink = (options: LinkOptions): Link => {
  const { access, clock } = options;
  let state: State = { type: 'idle' };
  let position: Position | null = null;
  let lastRequest = 0;
  let waiting: ((session: Session | null) => void)[] = [];

  const visible = (): ConnectionState => (state.type === 'connecting' ? 'idle' : state.type);
  const change = (next: State) => {
    const before = visible();
    state = next;
    if (visible() !== before) options.onChanged(visible());
  };
  const releaseWaiting = (session: Session | null) => {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve(session);
  };

  const take = (session: Session, event: string, message: EventMessage) => {
    if (state.type !== 'connected' || state.session !== session || message.seq <= session.position.seq)
      return;
    if (message.seq > session.position.seq + 1) return session.peer.close('events are missing');
    session.position.seq = message.seq;
    options.onEvent(event, message.values);
  };

  const open = async (application: RuntimeFile): Promise<Answer<Session>> => {
    const transport = await access.connect(application);
    const answer = await openSession({
      transport,
      clock,
      client: options.client,
      clientId: options.clientId,
      resume: position,
      deadlineMilliseconds: options.deadlineMilliseconds,
      onClose: () => {
        // a break before the session is in use is told by openSession
        if (state.type === 'connected' && state.session.peer.closed) void reconnect(state.application);
      },
    });
    return answer;
  };

  const use = (session: Session, application: RuntimeFile) => {
    const again = position !== null;
    position = session.position;
    change({ type: 'connected', session, application });
    if (session.snapshot && !session.resumed) {
      if (again) options.onResynchronized(session.snapshot);
      else options.onFirstSnapshot(session.snapshot);
    }
    session.start((event, message) => take(session, event, message));
    releaseWaiting(session);
    if (session.peer.closed && state.type === 'connected' && state.session === session)
      void reconnect(application);
  };

  const drop = () => {
    position = null;
    change({ type: 'idle' });
    releaseWaiting(null);
  };

  const pause = (milliseconds: number) => new Promise<void>(resolve => clock.after(milliseconds, resolve));

  const reconnect = async (application: RuntimeFile): Promise<void> => {
    const mine: State = { type: 'reconnecting', application };
    change(mine);
    for (let attempt = 0; state === mine; attempt++) {
      const outcome = await tryAgain(application, attempt);
      if (state !== mine) {
        if (typeof outcome === 'object') outcome.peer.close('not wanted any more');
        return;
      }
      if (typeof outcome === 'object') return use(outcome, application);
      if (outcome === 'over') {
        drop();
        return options.onLost();
      }
      await pause(Math.min(firstPause * 2 ** attempt, longestPause));
    }
  };

  const tryAgain = async (application: RuntimeFile, attempt: number): Promise<Session | 'over' | 'later'> => {
    const found = await access.find();
    if (found?.startedAt !== application.startedAt || found.pid !== application.pid) return 'over';
    try {
      const answer = await open(application);
      return answer.ok ? answer.value : 'over';
    } catch {
      // nobody listens, or the connection broke again
      return attempt < patience ? 'later' : 'over';
    }
  };

  const connect = async (): Promise<Answer> => {
    const application = await access.find();
    if (!application) return refused('notRunning');
    try {
      const answer = await open(application);
      if (!answer.ok) return answer;
      if (state.type !== 'connecting') {
        answer.value.peer.close('not wanted any more');
        return refused('notInitialized');
      }
      options.onConnected(application);
      use(answer.value, application);
      return accepted(true);
    } catch (error) {
      return refused('notRunning', error instanceof Error ? error.message : 'no connection');
    }
  };

  const nextSession = (until: number): Promise<Session | null | 'late'> =>
    new Promise(resolve => {
      const timer = clock.after(Math.max(0, until - clock.now()), () => resolve('late'));
      waiting.push(session => {
        timer.cancel();
        resolve(session);
      });
    });

  /** The session there is, or the next one while it is being made again. */
  const sessionUntil = (until: number): Promise<Session | null | 'late'> => {
    if (state.type === 'connected') return Promise.resolve(state.session);
    return state.type === 'reconnecting' ? nextSession(until) : Promise.resolve(null);
  };

  const ask = async (method: string, parameters: object, id: number): Promise<Answer> => {
    const until = clock.now() + options.deadlineMilliseconds;
    for (;;) {
      const session = await sessionUntil(until);
      if (session === null) return refused('notInitialized');
      if (session === 'late') return refused('deadlineExceeded');
      try {
        return await session.peer.request(method, parameters, {
          id,
          deadlineMilliseconds: until - clock.now(),
        });
      } catch (error) {
        const answer = refusalOf(method, error);
        if (answer) return answer;
      }
    }
  };

  return {
    get state() {
      return visible();
    },
    initialize() {
      if (state.type === 'connected' || state.type === 'reconnecting') return Promise.resolve(accepted(true));
      if (state.type === 'connecting') return state.outcome;
      const outcome = Promise.resolve()
        .then(connect)
        .then(answer => {
          if (state.type === 'connecting') change({ type: 'idle' });
          return answer;
        });
      change({ type: 'connecting', outcome });
      return outcome;
    },
    uninitialize() {
      const before = state;
      drop();
      if (before.type === 'connected') before.session.peer.close('uninitialized');
    },
    request(method, parameters) {
      const id = ++lastRequest;
      return { answer: ask(method, parameters, id), id };
    },
    close() {
      const before = state;
      change({ type: 'closed' });
      releaseWaiting(null);
      if (before.type === 'connected') before.session.peer.close('closed');
    },
  };
};

/** What a failed request comes to; null = the connection broke, ask again. */
const refusalOf = (method: string, error: unknown): Answer | null => {
  if (!(error instanceof WireError)) throw error;
  switch (error.kind) {
    case 'closed':
      return null;
    case 'deadlineExceeded':
      return refused('deadlineExceeded');
    case 'tooLarge':
      return refused('dataTooLong');
    // an older application: what it does not know it does not have
    case 'unknownMethod':
      return refused('notAvailable');
    case 'invalidParameters':
      throw error.fault ? ArgumentError.of(method, error.fault) : error;
    default:
      return refused('internalError');
  }
};
