import type { Clock } from '../clock.ts';
import { limits } from '../limits.ts';
import {
  createResponse,
  headerValues,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  setHeader,
  viaOf,
} from '../message.ts';
import type { Flow } from '../transport/flow.ts';
import { formatVia } from '../via.ts';
import {
  type ClientTransaction,
  type ClientTransactionInput,
  createClientTransaction,
  type Outcome,
} from './client.ts';
import { cancelOf } from './follow-ups.ts';
import { clientKey, serverKey } from './keys.ts';
import { type Created, createServerTransaction, type ServerTransaction } from './server.ts';

export interface TransactionUser {
  request(transaction: ServerTransaction): void;
  /** the ACK of a 2xx, which is no part of a transaction (RFC 3261 §17) */
  ack(request: SipRequest, flow: Flow): void;
  /** a 2xx to an INVITE whose transaction is gone */
  strayAnswer(response: SipResponse, flow: Flow): void;
  /** a request was dropped because too many are remembered */
  overloaded(): void;
}

export interface TransactionLayer {
  receive(message: SipMessage, flow: Flow): void;
  /** sends a request that has everything but its Via */
  send(request: SipRequest, flow: Flow, outcome: (outcome: Outcome) => void): ClientTransaction;
  /** cancels an INVITE that has had a provisional response (RFC 3261 §9.1); `reason` as in RFC 3326 */
  cancel(invite: ClientTransaction, reason?: string): void;
  /** the top Via of a request on this flow, for an ACK that has no transaction */
  addVia(request: SipRequest, flow: Flow): void;
  flowClosed(flow: Flow): void;
  readonly size: { servers: number; clients: number };
  close(): void;
}

type Client = ClientTransaction & ClientTransactionInput;

interface Options {
  clock: Clock;
  user: TransactionUser;
  /** sends a response to where RFC 3261 §18.2.2 and RFC 3581 want it */
  sendResponse(bytes: Buffer, response: SipResponse, flow: Flow): void;
  /** at least 16 random characters */
  randomId(): string;
  maximumServers?: number;
}

export function createTransactionLayer(options: Options): TransactionLayer {
  const { clock, user } = options;
  const servers = new Map<string, Created>();
  const clients = new Map<string, Client>();
  /** what fails when a connection closes (RFC 3261 §17.1.4); UDP has nothing of the kind */
  const connected = new Map<Flow, Map<string, Client>>();

  function receive(message: SipMessage, flow: Flow): void {
    if (message.type === 'request') receiveRequest(message, flow);
    else receiveResponse(message, flow);
  }

  function receiveRequest(request: SipRequest, flow: Flow): void {
    const key = serverKey(request);
    const known = servers.get(key);
    if (request.method === 'ACK') {
      if (known === undefined || known.request.method !== 'INVITE') user.ack(request, flow);
      else {
        known.ack();
        // A peer may give the ACK of a 2xx the branch of its INVITE (RFC 2543 did).
        user.ack(request, flow);
      }
      return;
    }
    if (known !== undefined) {
      known.retransmission();
      return;
    }
    if (servers.size >= (options.maximumServers ?? limits.serverTransactions)) {
      user.overloaded();
      return;
    }
    const transaction = createServerTransaction({
      request,
      flow,
      clock,
      sendResponse: (bytes, response) => options.sendResponse(bytes, response, flow),
      trying: () => createResponse(request, 100, ''),
      ended: () => servers.delete(key),
    });
    servers.set(key, transaction);
    transaction.begin();
    if (request.method === 'CANCEL') receiveCancel(transaction);
    else user.request(transaction);
  }

  /** RFC 3261 §9.2: answered by itself; the INVITE is told only while it waits for its final response. */
  function receiveCancel(transaction: ServerTransaction): void {
    const invite = servers.get(serverKey(transaction.request, 'INVITE'));
    const status = invite === undefined ? 481 : 200;
    transaction.respond(createResponse(transaction.request, status, options.randomId()));
    if (invite?.pending === true) invite.onCancel();
  }

  function receiveResponse(response: SipResponse, flow: Flow): void {
    // §8.1.3.3: a response with more Vias than ours was meant for somebody else.
    if (headerValues(response, 'via').length > 1) return;
    const known = clients.get(clientKey(response));
    if (known !== undefined) known.response(response);
    else if (response.status >= 200 && response.status < 300) user.strayAnswer(response, flow);
  }

  function addVia(request: SipRequest, flow: Flow, branch: string = newBranch()): string {
    const via = {
      transport: flow.protocol,
      host: flow.localAddress,
      port: flow.localPort,
      parameters: new Map([
        ['branch', branch],
        ['rport', null],
      ]),
    };
    // §20.42: Via goes first, so that it is found early.
    const headers = new Map([['via', [formatVia(via)]]]);
    for (const [name, values] of request.headers) if (name !== 'via') headers.set(name, values);
    request.headers = headers;
    return branch;
  }

  function newBranch(): string {
    return `z9hG4bK${options.randomId()}`;
  }

  function start(request: SipRequest, flow: Flow, key: string, outcome: (outcome: Outcome) => void): Client {
    const client = createClientTransaction({
      request,
      flow,
      clock,
      outcome,
      ended() {
        clients.delete(key);
        connected.get(flow)?.delete(key);
      },
    });
    clients.set(key, client);
    if (flow.reliable) connectedOn(flow).set(key, client);
    client.begin();
    return client;
  }

  function connectedOn(flow: Flow): Map<string, Client> {
    let known = connected.get(flow);
    if (known === undefined) {
      known = new Map();
      connected.set(flow, known);
    }
    return known;
  }

  return {
    receive,
    send(request, flow, outcome) {
      const branch = addVia(request, flow);
      return start(request, flow, `${branch}|${request.method}`, outcome);
    },
    cancel(invite, reason) {
      const cancel = cancelOf(invite.request);
      if (reason !== undefined) setHeader(cancel, 'reason', reason);
      const branch = viaOf(cancel).parameters.get('branch') ?? '';
      start(cancel, invite.flow, `${branch}|CANCEL`, () => {});
    },
    addVia: (request, flow) => {
      addVia(request, flow);
    },
    flowClosed(flow) {
      const lost = [...(connected.get(flow)?.values() ?? [])];
      connected.delete(flow);
      for (const client of lost) client.transportError();
    },
    get size() {
      return { servers: servers.size, clients: clients.size };
    },
    close() {
      for (const server of [...servers.values()]) server.end();
      for (const client of [...clients.values()]) client.abandon();
    },
  };
}
