import {
  Abilities,
  type AgentSnapshot,
  type Answer,
  type ArgumentsOf,
  allMethods,
  type Check,
  type Clock,
  Coverage,
  camelCase,
  checkOf,
  eventCheck,
  findMethod,
  localNotifications,
  type MethodName,
  methodChecks,
  type Refusal,
  type ResultOf,
  systemClock,
  Type,
} from '@cordboard/contract';
import { answeredHere, type LocalAnswers } from './answered-here.ts';
import type { ApplicationAccess } from './application-access.ts';
import { namedArguments } from './arguments.ts';
import { createAvailability } from './availability.ts';
import type { ClientEvent, ClientEventName, ConnectionState, Handler } from './client-events.ts';
import { createEmitter } from './emitter.ts';
import { ClientClosedError } from './errors.ts';
import { createFailureBook } from './failure-book.ts';
import { createLink } from './link.ts';
import { createStillWaiting } from './still-waiting.ts';

/** The 88 documented methods and those beyond them, as scripts name them, with arguments by position. */
export type AgentClientMethods = {
  [Name in MethodName]: (...given: ArgumentsOf<Name>) => Promise<ResultOf<Name>>;
};

/** Why a request was answered with false, [] or nothing. */
export interface LastRefusal extends Refusal {
  method: MethodName;
  requestId: number | null;
}

/**
 * Watches and controls what the agent does, through the Agent application on this machine.
 *
 * A method that returns a boolean returns true when the request was accepted and false when it was refused (`lastRefusal`
 * says why); one that returns a list returns [] then. Methods throw for an argument of the wrong type (`ArgumentError`)
 * and on a closed client (`ClientClosedError`), and for nothing else.
 */
export interface AgentClient extends AgentClientMethods, AsyncDisposable {
  /** Calls a handler for each event of a name. Returns what ends that. */
  on<Name extends ClientEventName>(event: Name, handler: Handler<Name>): () => void;
  off<Name extends ClientEventName>(event: Name, handler: Handler<Name>): void;
  once<Name extends ClientEventName>(event: Name, handler: Handler<Name>): () => void;
  /**
   * All events, for `for await`. At most `bound` of them wait to be read (10,000 unless told).
   * @throws EventOverflowError from the iterator, when more waited
   */
  events(bound?: number): AsyncIterableIterator<ClientEvent>;
  /** of the request that was refused last; null when none was */
  readonly lastRefusal: LastRefusal | null;
  readonly connectionState: ConnectionState;
  close(): Promise<void>;
}

export interface AgentClientOptions {
  /** how the application is reached; in Node the local socket unless told */
  access: ApplicationAccess;
  /** named in the application's log */
  name?: string;
  /** of each request, 10 s unless told */
  deadlineMilliseconds?: number;
  clock?: Clock;
  /** What is when the client is connected first, before any event: for a program that follows events from there on. */
  onFirstSnapshot?(snapshot: AgentSnapshot): void;
}

const randomId = (): string =>
  Array.from({ length: 4 }, () =>
    Math.floor(Math.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

const notificationChecks: ReadonlyMap<string, Check> = new Map([
  [localNotifications.abilities, checkOf(Type.Tuple([Abilities]))],
  [localNotifications.coverage, checkOf(Type.Tuple([Coverage]))],
]);
const checkOfEvent = (event: string): Check | undefined => notificationChecks.get(event) ?? eventCheck(event);

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

export const createAgentClient = (options: AgentClientOptions): AgentClient => {
  const { access, clock = systemClock } = options;
  const clientId = randomId();
  const emitter = createEmitter();
  const failures = createFailureBook(clientId);
  const stillWaiting = createStillWaiting();
  let lastRefusal: LastRefusal | null = null;

  const emitChecked = (event: string, values: unknown[]) => {
    const check = checkOfEvent(event);
    // an event of a later release
    if (!check) return;
    const fault = check(values);
    if (fault) emitter.emit('protocolFault', { event, ...fault });
    else emitter.emit(event as ClientEventName, ...(values as never));
  };

  const link = createLink({
    access,
    clock,
    clientId,
    client: options.name ?? 'AgentClient',
    deadlineMilliseconds: options.deadlineMilliseconds ?? 10_000,
    onEvent(event, values) {
      if (event === localNotifications.operationFailed) {
        const failure = failures.read(values);
        if (failure) emitter.emit('operationFailed', failure);
      } else if (event === localNotifications.resynchronized) {
        emitter.emit('resynchronized', stillWaiting.join(values));
      } else if (event === localNotifications.stillWaiting) {
        stillWaiting.take(values);
      } else {
        if (event === 'OnUserLogin') availability.toldOfLogin();
        emitChecked(event, values);
      }
    },
    onConnected: application => availability.connected(application),
    onFirstSnapshot: snapshot => options.onFirstSnapshot?.(snapshot),
    onResynchronized: snapshot => emitter.emit('resynchronized', snapshot),
    onChanged: state => emitter.emit('connectionChanged', state),
    onLost: () => void availability.look(),
  });
  const availability = createAvailability(access, () => link.state === 'connected', {
    onReady: () => emitter.emit('OnApplicationReadyForInitialization'),
    onClosed: () => emitter.emit('OnApplicationClosed'),
    onLogin: () => emitter.emit('OnUserLogin'),
  });
  const local: LocalAnswers = answeredHere(access, link, availability);

  const answerOf = async (
    method: MethodName,
    named: Record<string, unknown>,
  ): Promise<{ answer: Answer; id: number | null }> => {
    const own = local[method];
    if (own) return { answer: await own(named), id: null };
    const { id, answer } = link.request(method, named);
    failures.remember(id, method);
    return { answer: await answer, id };
  };

  const ask = async (method: MethodName, given: readonly unknown[]): Promise<unknown> => {
    if (link.state === 'closed') throw new ClientClosedError();
    const { answer, id } = await answerOf(method, namedArguments(method, given));
    if (answer.ok) {
      const fault = methodChecks(method)?.result(answer.value);
      if (!fault) return answer.value;
      emitter.emit('protocolFault', { event: method, ...fault });
    }
    const refusal: Refusal = answer.ok
      ? { reason: 'internalError', detail: 'wrong result type' }
      : answer.refusal;
    lastRefusal = { method, requestId: id, ...refusal };
    return copy(findMethod(method)?.whenRefused);
  };

  const asking = Object.fromEntries(
    allMethods.map(each => {
      const name = camelCase(each.name);
      return [name, (...given: unknown[]) => ask(name, given)];
    }),
  ) as unknown as AgentClientMethods;

  const close = async () => {
    link.close();
    availability.close();
    emitter.close();
  };

  return {
    ...asking,
    on(event, handler) {
      availability.start();
      return emitter.on(event, handler);
    },
    off: emitter.off,
    once(event, handler) {
      availability.start();
      return emitter.once(event, handler);
    },
    events(bound) {
      availability.start();
      return emitter.events(bound);
    },
    get lastRefusal() {
      return lastRefusal;
    },
    get connectionState() {
      return link.state;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
};
