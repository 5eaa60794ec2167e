import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AgentSnapshot,
  type Answer,
  type AttachRequest,
  type AttachResult,
  accepted,
  brokerMethods,
  brokerNotifications,
  checkOf,
  createLinkedPair,
  createPeer,
  deskQueries,
  isMethodName,
  type LoggedOffMessage,
  type LogonGrant,
  type LogonRefusal,
  LogonRequest,
  methodChecks,
  type Peer,
  type Route,
  refused,
  type StreamItemMessage,
  splitSnapshot,
  systemClock,
  type Transport,
  type WaitingItems,
  webSocketTransport,
} from '@cordboard/contract';
import { WebSocketServer } from 'ws';
import type { LogOn } from '../host/logon.ts';
import { applyItem, createReplica } from '../model/replica.ts';
import { allPrivileges, exampleSnapshot } from './examples.ts';

export interface ReceivedRequest {
  id: string | number;
  method: string;
  parameters: object;
}

type Responder = (parameters: never, id: string | number) => Answer | Promise<Answer>;

/** A gateway and a site with one agent, which does what a test tells it. */
export interface FakeGateway {
  readonly logOn: LogOn;
  connect(): Transport;
  /** A real HTTP server with a WebSocket broker on a free port of the loopback. */
  listen(): Promise<{ url: string; close(): Promise<void> }>;
  /** The next item of the agent's stream. */
  publish(event: string, ...values: unknown[]): void;
  /** How a method is answered; accepted with true unless told. */
  respond(method: string, responder: Responder): void;
  /** every request that came, repeated ones too */
  readonly received: readonly ReceivedRequest[];
  /** request ids that were acted on */
  readonly acted: readonly string[];
  readonly logons: readonly LogonRequest[];
  readonly attached: number;
  readonly attachments: number;
  readonly logOffs: number;
  readonly snapshot: AgentSnapshot;
  /** what holds from now on, told to nobody */
  setSnapshot(snapshot: AgentSnapshot): void;
  /** whoever comes back later gets a snapshot */
  forgetHistory(): void;
  breakConnections(): void;
  /** the next snapshot breaks off after so many of its parts */
  breakInParts(after: number): void;
  expireToken(): void;
  refuseLogon(refusal: LogonRefusal | null): void;
  setPrivileges(names: readonly string[]): void;
  tellLoggedOff(reason: LoggedOffMessage['reason']): void;
  /** sends any notification as it is */
  sendRaw(name: string, parameters: object): void;
}

const isDeskQuery = (method: string) => Object.values<string>(deskQueries).includes(method);

const checkLogon = checkOf(LogonRequest);

export const createFakeGateway = (): FakeGateway => {
  const stream = randomUUID();
  const peers = new Set<Peer>();
  const attachedPeers = new Set<Peer>();
  const responders = new Map<string, Responder>();
  const received: ReceivedRequest[] = [];
  const logons: LogonRequest[] = [];
  const answers = new Map<string | number, Promise<Answer>>();
  const acted: string[] = [];
  let history: StreamItemMessage[] = [];
  let replica = createReplica(exampleSnapshot(), 0);
  let token = 'token-1';
  let refusal: LogonRefusal | null = null;
  let privileges: readonly string[] = allPrivileges;
  let attachments = 0;
  let brokenAt: number | null = null;
  let logOffs = 0;

  const granted = (): LogonGrant => ({
    token,
    expiresInSeconds: 300,
    agentId: 1001,
    privileges: [...privileges],
    siteName: 'Main',
    broker: '/broker',
  });

  const sendParts = (peer: Peer, parts: readonly WaitingItems[]): void => {
    for (const [index, dispatch] of parts.entries()) {
      if (index === brokenAt) {
        brokenAt = null;
        peer.close('broken among the parts');
      }
      peer.notify(brokerNotifications.snapshotPart, { part: index + 1, dispatch });
    }
  };

  const attach = (request: AttachRequest, peer: Peer): Answer => {
    if (request.token !== token) return refused('logonRefused', 'token');
    attachments += 1;
    const after = request.resume?.stream === stream ? request.resume.after : null;
    const rest = after === null ? [] : history.filter(item => item.seq > after);
    const resumed = after !== null && rest.length === replica.seq - after;
    attachedPeers.add(peer);
    if (resumed) for (const item of rest) peer.notify(brokerNotifications.item, item);
    const { snapshot, parts } = resumed ? { snapshot: null, parts: [] } : splitSnapshot(replica.snapshot);
    sendParts(peer, parts);
    const result: AttachResult = {
      stream,
      seq: replica.seq,
      resumed,
      snapshot,
      ...(parts.length > 0 && { parts: parts.length }),
      heartbeatSeconds: 10,
      token,
    };
    return accepted(result);
  };

  const act = (request: ReceivedRequest): Promise<Answer> => {
    const known = answers.get(request.id);
    if (known) return known;
    acted.push(`${request.id}`);
    const responder = responders.get(request.method);
    const answer = Promise.resolve(
      responder
        ? responder(request.parameters as never, request.id)
        : accepted(isDeskQuery(request.method) ? [] : true),
    );
    answers.set(request.id, answer);
    return answer;
  };

  const serve = (transport: Transport): void => {
    const route = (method: string): Route | undefined => {
      if (method === brokerMethods.attach)
        return { check: () => null, run: (request: AttachRequest) => attach(request, peer) };
      if (method === brokerMethods.logOff)
        return {
          check: () => null,
          run() {
            logOffs += 1;
            return accepted(true);
          },
        };
      if (method === brokerMethods.ping)
        return { check: () => null, run: () => accepted({ at: systemClock.now() }) };
      if (!isMethodName(method) && !isDeskQuery(method)) return undefined;
      return {
        check: value => (isMethodName(method) ? methodChecks(method)?.parameters(value) : null) ?? null,
        run(parameters: object, { id }) {
          const request = { id, method, parameters };
          received.push(request);
          return act(request);
        },
      };
    };
    const peer = createPeer({
      transport,
      clock: systemClock,
      route,
      onClose() {
        peers.delete(peer);
        attachedPeers.delete(peer);
      },
    });
    peers.add(peer);
  };

  const logOn = (request: LogonRequest): LogonGrant | LogonRefusal => {
    logons.push(request);
    return refusal ?? granted();
  };

  const listen = async () => {
    const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const outcome =
        checkLogon(body) === null
          ? logOn(body as LogonRequest)
          : ({ reason: 'malformed', text: 'malformed' } satisfies LogonRefusal);
      response.writeHead('token' in outcome ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(outcome));
    };
    const server = http.createServer((request, response) => void answer(request, response));
    const sockets = new WebSocketServer({ server, path: '/broker', maxPayload: 1_048_576 });
    sockets.on('connection', socket => serve(webSocketTransport(socket)));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async close() {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        server.closeAllConnections();
        await new Promise(resolve => server.close(resolve));
      },
    };
  };

  return {
    listen,
    received,
    acted,
    logons,
    async logOn(_server, request) {
      const answer = logOn(request);
      return 'token' in answer ? { type: 'granted', grant: answer } : { type: 'refused', refusal: answer };
    },
    connect() {
      const [near, far] = createLinkedPair();
      serve(far);
      return near;
    },
    publish(event, ...values) {
      const item = { seq: replica.seq + 1, event, values, at: systemClock.now() };
      const applied = applyItem(replica, item);
      if (applied.type === 'applied') replica = applied.replica;
      history.push(item);
      for (const peer of attachedPeers) peer.notify(brokerNotifications.item, item);
    },
    respond: (method, responder) => void responders.set(method, responder),
    get attached() {
      return attachedPeers.size;
    },
    get attachments() {
      return attachments;
    },
    get logOffs() {
      return logOffs;
    },
    get snapshot() {
      return replica.snapshot;
    },
    setSnapshot(snapshot) {
      replica = createReplica(snapshot, replica.seq + 1);
      history = [];
    },
    forgetHistory() {
      history = [];
    },
    breakInParts(after) {
      brokenAt = after;
    },
    breakConnections() {
      for (const peer of [...peers]) peer.close('broken');
    },
    expireToken() {
      token = `token-${randomUUID()}`;
    },
    refuseLogon(next) {
      refusal = next;
    },
    setPrivileges(names) {
      privileges = names;
    },
    tellLoggedOff(reason) {
      for (const peer of attachedPeers) peer.notify(brokerNotifications.loggedOff, { reason });
    },
    sendRaw(name, parameters) {
      for (const peer of attachedPeers) peer.notify(name, parameters);
    },
  };
};
