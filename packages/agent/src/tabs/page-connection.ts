import {
  type AgentSnapshot,
  type Answer,
  accepted,
  type Clock,
  checkOf,
  createPeer,
  everything,
  HandledReport,
  type IncomingRequest,
  isMethodName,
  localNotifications,
  type MethodName,
  methodChecks,
  PageInitialize,
  type PageInitializeResult,
  type PageRights,
  pageNotifications,
  parseMessage,
  type Refusal,
  type Route,
  refused,
  type Transport,
  wrappedTransport,
} from '@cordboard/contract';
import type { Asker } from '../host/client-connection.ts';
import type { ClientStream, StreamEntry } from '../host/client-stream.ts';
import type { AgentLog } from '../log/agent-log.ts';
import { currentEvents } from './current-events.ts';
import { mayCall, mayHear, withholder } from './page-rights.ts';
import { createGate } from './rate-gate.ts';

export interface PageConnectionOptions {
  transport: Transport;
  clock: Clock;
  log: AgentLog;
  stream: ClientStream;
  release: string;
  /** of this connection, for the log and the list of pages */
  number: number;
  /** as the browser says */
  origin: string;
  /** key of its tab */
  tab: string;
  rights: PageRights;
  /** null: pages may be initialized now */
  refusal(): { ok: false; refusal: Refusal } | null;
  snapshot(): AgentSnapshot | null;
  answer(asker: Asker, method: MethodName, parameters: object): Answer | Promise<Answer>;
  /** the page's handlers were given an event */
  onHandled(connection: PageConnection, report: HandledReport): void;
  onClose(connection: PageConnection): void;
}

/** A page in a web tab: a client with the rights of its origin, and no more. */
export interface PageConnection {
  readonly number: number;
  readonly origin: string;
  readonly tab: string;
  readonly rights: PageRights;
  readonly label: string;
  readonly initialized: boolean;
  send(entry: StreamEntry): void;
  close(detail: string): void;
}

/** A page that reads so slowly is cut off; it connects again and gets what is now. */
const unreadBytes = 4 * 1024 * 1024;
/** A text of a page is at most this: the largest that the documented methods need is far below. */
const longestText = 65_536;

const checkInitialize = checkOf(PageInitialize);
const checkHandled = checkOf(HandledReport);

export const createPageConnection = (options: PageConnectionOptions): PageConnection => {
  const { clock, log, stream, rights, origin, number } = options;
  const clientId = `page-${number}`;
  const label = `page ${origin}#${number}`;
  const withhold = withholder(rights);
  const gate = createGate(() => rights.requestsPerSecond);
  // also of what is no request, or is one too many at once and gets no further
  const flood = createGate(() => Math.max(200, rights.requestsPerSecond * 4));
  const hearsAll = rights.events.includes(everything) && rights.withoutFields.length === 0;
  let initialized = false;
  let closed = false;

  const transport = wrappedTransport(options.transport, {
    receive(text, reader) {
      if (flood(clock.now()) === 'flood') connection.close('a flood of requests');
      else if (text.length > longestText) connection.close('a message that is too long');
      else if (parseMessage(text).type === 'malformed') connection.close('a message that is none');
      else reader(text);
    },
  });

  const state = (snapshot: AgentSnapshot) =>
    currentEvents(snapshot)
      .filter(each => mayHear(rights, each.event))
      .map(each => withhold(each));

  /** What this page hears of an event; null: nothing. */
  const heard = (entry: StreamEntry): { method: string; seq: number; values: readonly unknown[] } | null => {
    const { event, seq, values } = entry;
    if (event === localNotifications.resynchronized) {
      const [snapshot] = values as [AgentSnapshot];
      return {
        method: pageNotifications.state,
        seq,
        values: state(snapshot).map(each => [each.event, each.values]),
      };
    }
    if (event === localNotifications.operationFailed)
      return String(values[0]).split(':')[1] === clientId ? { method: event, seq, values } : null;
    if (Object.hasOwn(localNotifications, event) || !mayHear(rights, event)) return null;
    return { method: event, seq, values: withhold(values) };
  };

  const deliver = (entry: StreamEntry): void => {
    if (hearsAll && !Object.hasOwn(localNotifications, entry.event))
      return void options.transport.send(entry.text);
    const message = heard(entry);
    if (message) peer.notify(message.method, { seq: message.seq, values: message.values });
  };

  const initialize = (request: PageInitialize): Answer => {
    const refusal = options.refusal();
    if (refusal) return refusal;
    const entries = request.resume ? stream.after(request.resume.stream, request.resume.after) : null;
    const snapshot = options.snapshot();
    initialized = true;
    for (const entry of entries ?? []) deliver(entry);
    return accepted<PageInitializeResult>({
      stream: stream.id,
      seq: stream.seq,
      resumed: entries !== null,
      state: entries !== null || snapshot === null ? null : state(snapshot),
      release: options.release,
    });
  };

  const call = async (method: MethodName, parameters: object, { id }: IncomingRequest): Promise<Answer> => {
    if (!initialized || typeof id !== 'number') return refused('notInitialized');
    const refusal = options.refusal();
    if (refusal) return refusal;
    const answer = await options.answer({ clientId, label, requestId: id }, method, parameters);
    return answer.ok ? accepted(withhold(answer.value)) : answer;
  };

  /** Logs a request and its answer; what pages may not ask, or ask too often, goes no further than this. */
  const guarded =
    (method: string, run: Route['run']): Route['run'] =>
    async (parameters, request) => {
      const started = performance.now();
      const passage = gate(clock.now());
      if (passage === 'flood') {
        connection.close('a flood of requests');
        return refused('overloaded');
      }
      log.integration({ direction: 'REQ', client: label, name: method, content: parameters });
      const given =
        passage === 'busy'
          ? refused('overloaded', `${rights.requestsPerSecond} requests a second`)
          : await run(parameters, request);
      log.integration({
        direction: 'RES',
        client: label,
        name: method,
        content: given.ok ? given.value : { refused: given.refusal },
        milliseconds: performance.now() - started,
      });
      return given;
    };

  const routeOf = (method: string): Route | undefined => {
    if (method === 'initialize') return { check: checkInitialize, run: guarded(method, initialize) };
    const checks = methodChecks(method);
    if (!checks || !isMethodName(method)) return undefined;
    if (!mayCall(rights, method))
      return {
        check: () => null,
        run: guarded(method, () => refused('missingPrivilege', `page: ${method}`)),
      };
    return {
      check: checks.parameters,
      run: guarded(method, (parameters, request) => call(method, parameters, request)),
    };
  };

  const peer = createPeer({
    transport,
    clock,
    route: routeOf,
    maximumInFlight: 64,
    onNotification(method, parameters) {
      if (method === pageNotifications.handled && checkHandled(parameters) === null)
        options.onHandled(connection, parameters as HandledReport);
      else connection.close('a notification that pages do not send');
    },
    onFailure: (method, error) =>
      log.error(`${method} failed inside`, { error: error instanceof Error ? error.stack : String(error) }),
    onClose(end) {
      closed = true;
      log.detail(`${label}: connection ended: ${end.detail}`);
      options.onClose(connection);
    },
  });
  const connection: PageConnection = {
    number,
    origin,
    tab: options.tab,
    rights,
    label,
    get initialized() {
      return initialized;
    },
    send(entry) {
      if (closed || !initialized) return;
      deliver(entry);
      if (options.transport.bufferedBytes > unreadBytes) connection.close('reads too slowly');
    },
    close(detail) {
      log.detail(`${label}: ${detail}`);
      peer.close(detail);
    },
  };
  return connection;
};
