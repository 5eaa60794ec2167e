import {
  type AgentSnapshot,
  type Answer,
  accepted,
  brokerNotifications,
  type Clock,
  checkOf,
  createPeer,
  findMethod,
  type IncomingRequest,
  InitializeRequest,
  type InitializeResult,
  isMethodName,
  type MethodName,
  methodChecks,
  type Peer,
  type Refusal,
  type Route,
  refused,
  splitSnapshot,
  type Transport,
} from '@cordboard/contract';
import type { AgentLog } from '../log/agent-log.ts';
import type { ClientStream, StreamEntry } from './client-stream.ts';

/** Who asks. */
export interface Asker {
  clientId: string;
  /** name and number, for the log */
  label: string;
  requestId: number;
}

export interface ClientConnectionOptions {
  transport: Transport;
  clock: Clock;
  /** of this connection, for the log and the list of programs */
  number: number;
  /** the application's own window, or whoever came over the local socket */
  kind: 'program' | 'window';
  log: AgentLog;
  stream: ClientStream;
  release: string;
  /** null: this client may be initialized now */
  refusal(clientId: string): { ok: false; refusal: Refusal } | null;
  snapshot(): AgentSnapshot | null;
  answer(asker: Asker, method: MethodName, parameters: object): Answer | Promise<Answer>;
  /** methods beyond the documented ones, which need no `initialize` */
  extensions: ReadonlyMap<string, Route>;
  onInitialized(connection: ClientConnection): void;
  onClose(connection: ClientConnection): void;
}

export interface ClientConnection {
  readonly clientId: string | null;
  readonly number: number;
  readonly kind: 'program' | 'window';
  /** what it calls itself */
  readonly name: string;
  readonly label: string;
  send(entry: StreamEntry): void;
  close(detail: string): void;
}

/** What a client may leave unread. It resumes when it comes back, so nothing is lost by closing on it. */
const unreadBytes = 16 * 1024 * 1024;

const checkInitialize = checkOf(InitializeRequest);

const backlogBytes = (entries: readonly StreamEntry[]): number =>
  entries.reduce((sum, each) => sum + each.text.length, 0);

/** One AgentClient on the local socket. */
export const createClientConnection = (options: ClientConnectionOptions): ClientConnection => {
  const { transport, clock, log, stream } = options;
  let identity: { clientId: string } | null = null;
  /** what it calls itself, also when it is refused */
  let name = 'client';
  let closed = false;

  const connection: ClientConnection = {
    get clientId() {
      return identity?.clientId ?? null;
    },
    number: options.number,
    kind: options.kind,
    get name() {
      return name;
    },
    get label() {
      return `${name}#${options.number}`;
    },
    send(entry) {
      if (closed || identity === null) return;
      transport.send(entry.text);
      if (transport.bufferedBytes > unreadBytes) connection.close('reads too slowly');
    },
    close(detail) {
      log.detail(`${connection.label}: ${detail}`);
      peer.close(detail);
    },
  };

  /** Events and the rest of a large snapshot go out before the result does; the client takes them after it. */
  const resume = (request: InitializeRequest): InitializeResult => {
    const entries = request.resume ? stream.after(request.resume.stream, request.resume.after) : null;
    const resumed = entries !== null && backlogBytes(entries) < unreadBytes;
    if (resumed) for (const entry of entries) transport.send(entry.text);
    const whole = resumed ? null : options.snapshot();
    const { snapshot, parts } = whole === null ? { snapshot: null, parts: [] } : splitSnapshot(whole);
    for (const [index, dispatch] of parts.entries())
      peer.notify(brokerNotifications.snapshotPart, { part: index + 1, dispatch });
    return {
      stream: stream.id,
      seq: stream.seq,
      resumed,
      snapshot,
      ...(parts.length > 0 && { parts: parts.length }),
      release: options.release,
    };
  };

  const initialize = (request: InitializeRequest): Answer => {
    const refusal = options.refusal(request.clientId);
    if (refusal) return refusal;
    identity = { clientId: request.clientId };
    options.onInitialized(connection);
    return accepted(resume(request));
  };

  const answer = (method: MethodName, parameters: object, { id }: IncomingRequest) => {
    if (identity === null) return refused('notInitialized');
    if (typeof id !== 'number') return refused('internalError', 'the id of a request is a number');
    const asker: Asker = { clientId: identity.clientId, label: connection.label, requestId: id };
    return options.answer(asker, method, parameters);
  };

  /** Logs a request and its answer. */
  const logged =
    (method: string, run: Route['run']): Route['run'] =>
    async (parameters, request) => {
      if (method === 'initialize') name = (parameters as InitializeRequest).client;
      const started = performance.now();
      log.integration({ direction: 'REQ', client: connection.label, name: method, content: parameters });
      const given = await run(parameters, request);
      log.integration({
        direction: 'RES',
        client: connection.label,
        name: method,
        content: given.ok ? given.value : { refused: given.refusal },
        milliseconds: performance.now() - started,
      });
      return given;
    };

  const routeOf = (method: string): Route | undefined => {
    if (method === 'initialize') return { check: checkInitialize, run: logged(method, initialize) };
    const extension = options.extensions.get(method);
    if (extension) return { check: extension.check, run: logged(method, extension.run) };
    const checks = methodChecks(method);
    if (!checks || !isMethodName(method) || findMethod(method)?.answeredBy === 'client') return undefined;
    const run: Route['run'] = (parameters, request) => answer(method, parameters, request);
    return { check: checks.parameters, run: logged(method, run) };
  };

  const routes = new Map<string, Route | undefined>();
  const peer: Peer = createPeer({
    transport,
    clock,
    route(method) {
      const known = routes.get(method);
      if (known) return known;
      const route = routeOf(method);
      if (route) routes.set(method, route);
      return route;
    },
    onFailure: (method, error) =>
      log.error(`${method} failed inside`, { error: error instanceof Error ? error.stack : String(error) }),
    onClose(end) {
      closed = true;
      if (end.by === 'fault') log.warning(`${connection.label}: connection ended: ${end.detail}`);
      options.onClose(connection);
    },
  });
  return connection;
};
