import { randomUUID } from 'node:crypto';
import {
  type Answer,
  AttachRequest,
  type AttachResult,
  accepted,
  brokerMethods,
  brokerNotifications,
  type Clock,
  checkOf,
  createPeer,
  type Fault,
  findMethod,
  type LogonPlace,
  methodChecks,
  type Peer,
  printMessage,
  type Route,
  refused,
  snapshotPartBytes,
  splitSnapshot,
  type Transport,
  type WaitingItems,
  wrappedTransport,
} from '@cordboard/contract';
import type { SiteRequest } from '@cordboard/core';
import { errorText, type Logger } from '../logging/logger.ts';
import type { AttachedStream } from '../site/attached-stream.ts';
import type { Site } from '../site/site.ts';
import type { StreamText } from '../site/stream-rings.ts';
import type { AccessToken, TokenSigner } from './access-token.ts';
import type { BrokerConnection, EndReason } from './broker.ts';
import type { DeskReads } from './desk/desk-reads.ts';
import { deskRoutes } from './desk/desk-routes.ts';
import type { Logons } from './logons.ts';
import type { Softphones } from './softphones.ts';

export interface BrokerOptions {
  site: Site;
  logons: Logons;
  tokens: TokenSigner;
  clock: Clock;
  logger: Logger;
  heartbeatSeconds: number;
  /** absent: the site has no phones in browsers */
  softphones?: Pick<Softphones, 'grant'> | undefined;
  /** bytes that may wait for a slow reader */
  maximumBuffered: number;
  /** what windows ask beside the documented interface */
  reads?: DeskReads | undefined;
}

type Phase =
  | { type: 'connected' }
  | { type: 'attaching' }
  /** `waiting`: items that must not overtake the answer to attach, nor the parts of the snapshot */
  | {
      type: 'attached';
      agentId: number;
      logon: string;
      next: number;
      waiting: StreamText[] | null;
      /** of the snapshot, and how many of them were sent */
      parts: WaitingItems[];
      partsSent: number;
    }
  | { type: 'closed' };

/** Milliseconds until the next look whether a reader has taken what was sent. */
const betweenLooks = 5;

const checkAttach = checkOf(AttachRequest);
const noParameters = () => null;
const pingText = printMessage({ type: 'notification', method: brokerMethods.ping, parameters: {} });

export function acceptBroker(
  transport: Transport & { cut(): void },
  options: BrokerOptions,
  onEnd: (connection: BrokerConnection) => void,
): BrokerConnection {
  const { site, logons, tokens, clock, logger } = options;
  const openedAt = clock.now();
  const unique = randomUUID();
  let phase: Phase = { type: 'connected' };
  let heardAt = openedAt;
  let said = false;
  /** of items that wait until the snapshot is out */
  let keptBytes = 0;

  const heard = wrappedTransport(transport, {
    onSend() {
      said = true;
    },
    receive(text, reader) {
      heardAt = clock.now();
      reader(text);
    },
  });

  const routes: Record<string, Route> = {
    [brokerMethods.attach]: { check: checkAttach, run: (parameters: AttachRequest) => attach(parameters) },
    [brokerMethods.ping]: { check: noParameters, run: () => accepted({ at: clock.now() }) },
    [brokerMethods.logOff]: { check: noParameters, run: () => logOff() },
    ...deskRoutes(options.reads, () => connection.agentId),
    [brokerMethods.softphone]: { check: noParameters, run: () => softphone() },
  };

  const peer: Peer = createPeer({
    transport: heard,
    clock,
    maximumInFlight: 64,
    route: method => (Object.hasOwn(routes, method) ? routes[method] : siteRoute(method)),
    onClose: end => ended(end.detail),
    onFailure: (method, error) =>
      logger.error('a request failed inside', { method, reason: errorText(error) }),
  });

  /** The requests of the documented interface that the site answers. */
  function siteRoute(method: string): Route | undefined {
    const checks = methodChecks(method);
    if (checks === undefined || findMethod(method)?.answeredBy !== 'site') return undefined;
    return {
      check: parameters => checkRequestId(parameters) ?? checks.parameters(withoutRequestId(parameters)),
      run(parameters: Record<string, unknown>, request) {
        if (phase.type !== 'attached') return refused('notLoggedOn');
        const { requestId: given } = parameters as { requestId?: unknown };
        const requestId = requestIdOf(given) ?? requestIdOf(request.id) ?? `${unique}:${request.id}`;
        const named = { method, arguments: withoutRequestId(parameters) } as SiteRequest;
        return site.request(phase.agentId, requestId, named);
      },
    };
  }

  function attach(request: AttachRequest): Promise<Answer> | Answer {
    if (phase.type !== 'connected') return refused('inProgress');
    const token = tokens.read(request.token);
    if (token === null || !logons.isCurrent(token)) return rejected();
    const { agentId, logon } = token;
    phase = { type: 'attaching' };
    return new Promise(resolve => {
      site.attachClient(agentId, logon, outcome => {
        if (phase.type === 'closed') return;
        if (outcome === 'stale') resolve(rejected());
        else if (outcome === 'notNow') resolve(notNow());
        else resolve(accepted(attached(token, request, outcome)));
      });
    });
  }

  function attached(token: AccessToken, request: AttachRequest, stream: AttachedStream): AttachResult {
    const { agentId, logon } = token;
    const missed = missedItems(request, stream);
    const { snapshot, parts } =
      missed === null ? splitSnapshot(stream.snapshot) : { snapshot: null, parts: [] };
    phase = {
      type: 'attached',
      agentId,
      logon,
      next: stream.seq + 1,
      waiting: missed ?? [],
      parts,
      partsSent: 0,
    };
    logons.connect(agentId, connection)?.cut('the application has connected again');
    logger.info('an application attached', { agentId, resumed: missed !== null });
    // the answer goes out in this turn of the event loop, the items in the next
    setImmediate(flush);
    return {
      stream: stream.stream,
      seq: stream.seq,
      resumed: missed !== null,
      snapshot,
      ...(parts.length > 0 && { parts: parts.length }),
      heartbeatSeconds: options.heartbeatSeconds,
      token: tokens.sign(logons.renew(token)),
    };
  }

  /** Whoever has no good token has nothing more to say here. */
  function rejected(): Answer {
    setImmediate(() => peer.close('the token is not good'));
    return refused('notLoggedOn', 'the token is not good');
  }

  function notNow(): Answer {
    phase = { type: 'connected' };
    return refused('connectionLost');
  }

  async function logOff(): Promise<Answer> {
    if (phase.type !== 'attached') return refused('notLoggedOn');
    const answer = await site.logOff(phase.agentId);
    return answer.ok ? accepted(true) : answer;
  }

  function softphone(): Answer {
    if (phase.type !== 'attached') return refused('notLoggedOn');
    const grant = options.softphones?.grant(phase.agentId, phase.logon);
    return grant ? accepted(grant) : refused('notAvailable', 'the site has no phones in browsers');
  }

  /** The rest of the snapshot as fast as it is read, so that a large one is not too much for the connection, then the items. */
  function flush(): void {
    if (phase.type !== 'attached' || phase.waiting === null) return;
    while (phase.parts.length > phase.partsSent) {
      if (transport.bufferedBytes > 2 * snapshotPartBytes) return void clock.after(betweenLooks, flush);
      sendPart(phase);
    }
    const items = phase.waiting;
    phase = { ...phase, waiting: null, parts: [], partsSent: 0 };
    keptBytes = 0;
    for (const item of items) sendItem(item);
  }

  function sendPart(attached: Phase & { type: 'attached' }): void {
    const dispatch = attached.parts[attached.partsSent];
    attached.partsSent++;
    peer.notify(brokerNotifications.snapshotPart, { part: attached.partsSent, dispatch });
  }

  function keep(waiting: StreamText[], item: StreamText): void {
    waiting.push(item);
    keptBytes += item.text.length;
  }

  function sendItem(item: StreamText): void {
    // the text was made once, for journal, memory and every connection
    const stamped = `{"at":${item.at},${item.text.slice(1)}`;
    heard.send(`{"jsonrpc":"2.0","method":"${brokerNotifications.item}","params":${stamped}}`);
    if (item.loggedOff) endLogon('loggedOff');
  }

  function endLogon(reason: EndReason, elsewhere?: LogonPlace): void {
    if (phase.type === 'attached') {
      // what is left of a snapshot is of no use any more
      phase.partsSent = phase.parts.length;
      flush();
    }
    if (phase.type === 'closed') return;
    peer.notify(brokerNotifications.loggedOff, { reason, ...(elsewhere && { elsewhere }) });
    // an answer that is ready in this turn of the event loop still goes out
    setImmediate(() => peer.close(reason));
  }

  function ended(detail: string): void {
    const before = phase;
    phase = { type: 'closed' };
    if (before.type === 'attached' && logons.disconnect(before.agentId, connection)) {
      logger.info('an application is gone', { agentId: before.agentId, reason: detail });
      site.loseClient(before.agentId, before.logon);
    }
    onEnd(connection);
  }

  function cut(reason: string): void {
    logger.debug('a connection was cut', { reason });
    transport.cut();
    peer.close(reason);
  }

  const connection: BrokerConnection = {
    get agentId() {
      return phase.type === 'attached' ? phase.agentId : null;
    },
    deliver(items) {
      if (phase.type !== 'attached') return;
      for (const item of items) {
        // published while attaching, and in the snapshot already
        if (item.seq < phase.next) continue;
        if (item.seq > phase.next) return cut('the stream has a gap');
        phase.next++;
        if (phase.waiting === null) sendItem(item);
        else keep(phase.waiting, item);
      }
      if (transport.bufferedBytes + keptBytes > options.maximumBuffered) cut('the reader is too slow');
    },
    endLogon,
    beat(now) {
      if (phase.type !== 'attached' && now - openedAt > 10_000) return cut('no attach');
      if (now - heardAt > 3000 * options.heartbeatSeconds) return cut('nothing was heard');
      if (!said) heard.send(pingText);
      said = false;
    },
    cut,
  };
  return connection;
}

/** What the application missed, or null: it needs a snapshot. */
function missedItems(request: AttachRequest, stream: AttachedStream): StreamText[] | null {
  const { resume } = request;
  return resume === undefined || resume.stream !== stream.stream ? null : stream.since(resume.after);
}

const longestRequestId = 128;

/** A number counts the requests of one connection only; text is the application's own, unique for ever. */
const requestIdOf = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined);

function checkRequestId(parameters: unknown): Fault | null {
  const given = (parameters as { requestId?: unknown }).requestId;
  if (given === undefined) return null;
  const good = typeof given === 'string' && given.length > 0 && given.length <= longestRequestId;
  return good
    ? null
    : { path: '/requestId', expected: `must be text of 1 to ${longestRequestId} characters` };
}

function withoutRequestId(parameters: unknown): Record<string, unknown> {
  const { requestId: _taken, ...named } = parameters as Record<string, unknown>;
  return named;
}
