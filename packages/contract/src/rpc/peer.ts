import type { Transport, TransportEnd } from '../transport/transport.ts';
import { type Answer, refused } from './answer.ts';
import type { Clock } from './clock.ts';
import { type Message, parseMessage, printMessage, type RequestId } from './message.ts';
import { createPending } from './pending.ts';
import { type Fault, WireError } from './wire-error.ts';

/** What a side serves under one method name. */
export interface Route {
  /** null = the parameters are as the method needs them */
  check(parameters: unknown): Fault | null;
  /** Called with checked parameters. A `WireError` thrown travels as such; anything else as `internalError`, without its text. */
  run(parameters: never, request: IncomingRequest): Answer | Promise<Answer>;
}

export interface IncomingRequest {
  id: RequestId;
  method: string;
}

export interface PeerOptions {
  transport: Transport;
  clock: Clock;
  /** undefined = this side has no such method */
  route(method: string): Route | undefined;
  onNotification?(method: string, parameters: unknown): void;
  /** told once, after every pending request has its error */
  onClose?(end: TransportEnd): void;
  /** What a route threw that was no `WireError`: a bug, for the log of this side. */
  onFailure?(method: string, error: unknown): void;
  /** of a request without one of its own */
  deadlineMilliseconds?: number;
  /** requests under way at once, each way; one more is refused as `overloaded` */
  maximumInFlight?: number;
}

export interface RequestOptions {
  deadlineMilliseconds?: number;
  /** for a request that must be known again when it is sent twice; numbers of this peer otherwise */
  id?: RequestId;
}

/** One side of a JSON-RPC 2.0 connection; both sides ask and answer. */
export interface Peer {
  /**
   * Asks the other side.
   * @throws WireError where there is no answer: closed, deadline, unknown method, wrong parameters, failed inside
   */
  request(method: string, parameters: object, options?: RequestOptions): Promise<Answer>;
  /** False: the connection is closed, or the message too large. */
  notify(method: string, parameters: object): boolean;
  close(detail?: string): void;
  readonly closed: boolean;
  /** sent and not yet taken by the system */
  readonly bufferedBytes: number;
}

export const createPeer = (options: PeerOptions): Peer => {
  const { transport, clock } = options;
  const maximumInFlight = options.maximumInFlight ?? 256;
  const pending = createPending(clock);
  const running = new Set<RequestId>();
  let closed = false;
  let lastId = 0;

  const send = (message: Message): boolean => transport.send(printMessage(message));
  const sendAnswer = (message: Message & { id: RequestId | null }) => {
    if (!send(message) && !closed)
      send({ type: 'error', id: message.id, kind: 'internalError', fault: null });
  };

  const answerOf = async (route: Route, request: IncomingRequest, parameters: unknown): Promise<Message> => {
    const { id } = request;
    try {
      const fault = route.check(parameters);
      if (fault) return { type: 'error', id, kind: 'invalidParameters', fault };
      const answer = await route.run(parameters as never, request);
      return answer.ok
        ? { type: 'result', id, value: answer.value }
        : { type: 'refusal', id, refusal: answer.refusal };
    } catch (error) {
      if (
        error instanceof WireError &&
        (error.kind === 'invalidParameters' || error.kind === 'unknownMethod')
      )
        return { type: 'error', id, kind: error.kind, fault: error.fault };
      options.onFailure?.(request.method, error);
      return { type: 'error', id, kind: 'internalError', fault: null };
    }
  };

  const serve = async (request: IncomingRequest, parameters: unknown): Promise<void> => {
    const { id, method } = request;
    const route = options.route(method);
    if (!route) return sendAnswer({ type: 'error', id, kind: 'unknownMethod', fault: null });
    if (running.has(id)) return sendAnswer({ type: 'error', id, kind: 'invalidRequest', fault: null });
    if (running.size >= maximumInFlight)
      return sendAnswer({ type: 'refusal', id, refusal: { reason: 'overloaded' } });
    running.add(id);
    const answer = await answerOf(route, request, parameters);
    running.delete(id);
    if (!closed) sendAnswer(answer as Message & { id: RequestId });
  };

  transport.onMessage(text => {
    const message = parseMessage(text);
    switch (message.type) {
      case 'malformed':
        return void send({ type: 'error', id: message.id, kind: message.kind, fault: null });
      case 'request':
        return void serve(message, message.parameters);
      case 'notification':
        return options.onNotification?.(message.method, message.parameters);
      case 'result':
        return pending.settle(message.id, { ok: true, value: message.value });
      case 'refusal':
        return pending.settle(message.id, { ok: false, refusal: message.refusal });
      case 'error':
        if (message.id !== null) pending.fail(message.id, new WireError(message.kind, message.fault));
    }
  });
  transport.onClose(end => {
    closed = true;
    pending.failAll(() => new WireError('closed'));
    options.onClose?.(end);
  });

  return {
    request(method, parameters, { id = ++lastId, deadlineMilliseconds } = {}) {
      if (closed) return Promise.reject(new WireError('closed'));
      if (pending.size >= maximumInFlight || pending.has(id)) return Promise.resolve(refused('overloaded'));
      const answer = pending.add(id, deadlineMilliseconds ?? options.deadlineMilliseconds ?? 10_000);
      if (!send({ type: 'request', id, method, parameters })) pending.fail(id, new WireError('tooLarge'));
      return answer;
    },
    notify: (method, parameters) => !closed && send({ type: 'notification', method, parameters }),
    close: detail => transport.close(detail),
    get closed() {
      return closed;
    },
    get bufferedBytes() {
      return transport.bufferedBytes;
    },
  };
};
