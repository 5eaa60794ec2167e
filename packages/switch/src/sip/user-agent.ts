import type { Clock } from './clock.ts';
import { dialogKey } from './dialog.ts';
import {
  callIdOf,
  contentType,
  createResponse,
  formatMessage,
  fromTag,
  header,
  headerValues,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  setHeader,
  toTag,
  viaOf,
} from './message.ts';
import { parseMessage } from './parse.ts';
import type { DialogOwner, SessionContext } from './session/context.ts';
import { allowedMethods, supportedExtensions } from './session/introduce.ts';
import type { SessionTimerSettings } from './session/session-timer.ts';
import { createTransactionLayer } from './transaction/layer.ts';
import type { ServerTransaction } from './transaction/server.ts';
import type { ConnectionProblem, Flow, Transport, TransportHandlers } from './transport/flow.ts';
import { isPort } from './uri.ts';
import { formatVia } from './via.ts';

/** What was thrown away or refused before anybody above heard of it. */
export interface UserAgentCounters {
  messages: number;
  malformed: number;
  oversized: number;
  refused: number;
  /** requests dropped because too many were remembered */
  overloaded: number;
}

export interface UserAgentHandlers {
  /** a call: not in a dialog, nothing formally wrong with it */
  invite(transaction: ServerTransaction): void;
  register(transaction: ServerTransaction): void;
  flowClosed(flow: Flow, problem?: ConnectionProblem): void;
  flowSecured?(flow: Flow): void;
}

export interface UserAgent {
  readonly context: SessionContext;
  readonly counters: UserAgentCounters;
  close(): Promise<void>;
}

interface Options {
  clock: Clock;
  openTransport(handlers: TransportHandlers): Promise<Transport>;
  timer: SessionTimerSettings;
  flowOf?(target: string, lost: Flow): Flow | undefined;
  randomId(): string;
  random(): number;
  handlers: UserAgentHandlers;
}

const knownMethods = new Set([...allowedMethods.split(', '), 'SUBSCRIBE', 'MESSAGE', 'PUBLISH']);

/** The core of a SIP server: transport, transactions and dialogs put together (RFC 3261 §8.2). */
export async function createUserAgent(options: Options): Promise<UserAgent> {
  const { clock, handlers, randomId } = options;
  const counters: UserAgentCounters = { messages: 0, malformed: 0, oversized: 0, refused: 0, overloaded: 0 };
  const dialogs = new Map<string, DialogOwner>();
  /** pending INVITEs by what a copy that came another way has in common with them (§8.2.2.2) */
  const arrivals = new Map<string, ServerTransaction>();

  const transactions = createTransactionLayer({
    clock,
    randomId,
    sendResponse,
    user: {
      request: onRequest,
      ack: onAck,
      strayAnswer: onStrayAnswer,
      overloaded() {
        counters.overloaded++;
      },
    },
  });

  // ---- transport

  function received(bytes: Buffer, flow: Flow): void {
    counters.messages++;
    const parsed = parseMessage(bytes, flow.reliable && flow.protocol !== 'WS' ? 'stream' : 'datagram');
    switch (parsed.type) {
      case 'message':
        if (parsed.message.type === 'request') stampVia(parsed.message, flow);
        transactions.receive(parsed.message, flow);
        return;
      case 'refused':
        counters.refused++;
        stampVia(parsed.request, flow);
        refuseStateless(parsed.request, parsed.status, flow);
        return;
      case 'dropped':
        if (parsed.tooLarge) counters.oversized++;
        else counters.malformed++;
        return;
    }
  }

  /** §8.2.7 without the transaction that such a request may not even name; an ACK is never answered (§17.1.1.3). */
  function refuseStateless(request: SipRequest, status: number, flow: Flow): void {
    if (request.method === 'ACK') return;
    const response = createResponse(request, status, randomId());
    sendResponse(formatMessage(response), response, flow);
  }

  /** §18.2.1 and RFC 3581 §4: where the request really came from. */
  function stampVia(request: SipRequest, flow: Flow): void {
    const via = viaOf(request);
    const wantsPort = via.parameters.has('rport');
    if (!wantsPort && via.host === flow.remoteAddress) return;
    via.parameters.set('received', flow.remoteAddress);
    if (wantsPort) via.parameters.set('rport', `${flow.remotePort}`);
    const [, ...rest] = headerValues(request, 'via');
    setHeader(request, 'via', formatVia(via), ...rest);
    request.read.via = via;
  }

  /** §18.2.2: a connection takes its responses back; a datagram's go to the address seen and the port asked for. */
  function sendResponse(bytes: Buffer, response: SipResponse, flow: Flow): void {
    if (flow.reliable) {
      flow.send(bytes);
      return;
    }
    const via = viaOf(response);
    const asked = via.parameters.get('rport') ?? '';
    const port = isPort(asked) ? Number(asked) : (via.port ?? 5060);
    const way = port === flow.remotePort ? flow : transport.flowTo('UDP', flow.remoteAddress, port);
    way.send(bytes);
  }

  // ---- requests

  function onRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    const refusal = inspect(request);
    if (refusal !== undefined) {
      refuse(transaction, refusal.status, refusal.headers);
      return;
    }
    if (toTag(request) !== '') {
      const owner = dialogs.get(dialogKey(callIdOf(request), toTag(request)));
      if (owner === undefined) refuse(transaction, 481);
      else owner.request(transaction);
      return;
    }
    onNewRequest(transaction);
  }

  function onNewRequest(transaction: ServerTransaction): void {
    switch (transaction.request.method) {
      case 'INVITE':
        onInvite(transaction);
        return;
      case 'REGISTER':
        handlers.register(transaction);
        return;
      case 'OPTIONS':
        refuse(transaction, 200, {
          allow: allowedMethods,
          accept: 'application/sdp',
          supported: ['timer', ...supportedExtensions].join(', '),
        });
        return;
      case 'SUBSCRIBE':
        refuse(transaction, 489);
        return;
      case 'BYE':
      case 'UPDATE':
      case 'INFO':
      case 'NOTIFY':
      case 'REFER':
      case 'PRACK':
        refuse(transaction, 481);
        return;
      default: {
        const known = knownMethods.has(transaction.request.method);
        refuse(transaction, known ? 405 : 501, { allow: allowedMethods });
      }
    }
  }

  function onInvite(transaction: ServerTransaction): void {
    const { request } = transaction;
    const key = `${callIdOf(request)}|${fromTag(request)}|${sequenceOf(request)}`;
    // §8.2.2.2: the same request on another way.
    if (arrivals.get(key)?.pending === true) {
      refuse(transaction, 482);
      return;
    }
    arrivals.set(key, transaction);
    clock.after(mergeWindow, () => arrivals.delete(key));
    handlers.invite(transaction);
  }

  function refuse(
    transaction: ServerTransaction,
    status: number,
    headers: Record<string, string> = {},
  ): void {
    const response = createResponse(transaction.request, status, randomId());
    for (const [name, value] of Object.entries(headers)) setHeader(response, name, value);
    transaction.respond(response);
  }

  function onAck(request: SipRequest): void {
    dialogs.get(dialogKey(callIdOf(request), toTag(request)))?.ack(request);
  }

  function onStrayAnswer(response: SipResponse): void {
    dialogs.get(dialogKey(callIdOf(response), fromTag(response)))?.strayAnswer(response);
  }

  const transport = await options.openTransport({
    received,
    closed(flow, problem) {
      transactions.flowClosed(flow);
      handlers.flowClosed(flow, problem);
    },
    secured: flow => handlers.flowSecured?.(flow),
    dropped(why) {
      if (why === 'tooLarge') counters.oversized++;
      else counters.malformed++;
    },
  });

  return {
    context: {
      clock,
      transactions,
      transport,
      dialogs,
      timer: options.timer,
      flowOf: (target, lost) => options.flowOf?.(target, lost),
      randomId,
      random: options.random,
    },
    counters,
    async close() {
      transactions.close();
      await transport.close();
    },
  };
}

/** As long as an INVITE can be sent again on some way (§17.1.1.2). */
const mergeWindow = 32_000;

/** 100rel (RFC 3262) is done where the other side asks for it. */
const understood = new Set(['timer', '100rel', ...supportedExtensions]);

interface Refusal {
  status: number;
  headers: Record<string, string>;
}

/** What RFC 3261 §8.2.1 to §8.2.3 have a server look at before it does anything. */
function inspect(request: SipRequest): Refusal | undefined {
  const scheme = request.uri.slice(0, request.uri.indexOf(':')).toLowerCase();
  if (scheme !== 'sip' && scheme !== 'sips') return { status: 416, headers: {} };
  const unknown = headerValues(request, 'require').filter(option => !understood.has(option.toLowerCase()));
  // §8.2.2.3
  if (unknown.length > 0) return { status: 420, headers: { unsupported: unknown.join(', ') } };
  // RFC 7332 §1 (from RFC 5393): a server that places calls anew must not let one go round for ever.
  if (request.method === 'INVITE' && header(request, 'max-forwards') === '0')
    return { status: 483, headers: {} };
  // §8.2.3
  if (request.method === 'INVITE' && request.body.length > 0 && !isPlainSdp(request)) {
    return { status: 415, headers: { accept: 'application/sdp' } };
  }
  return undefined;
}

function isPlainSdp(request: SipRequest): boolean {
  return contentType(request) === 'application/sdp' && header(request, 'content-encoding') === undefined;
}
