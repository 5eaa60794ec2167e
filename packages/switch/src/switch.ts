import { randomBytes } from 'node:crypto';
import { arrive, type Origin } from './call/arrival.ts';
import type { Switchboard } from './call/board.ts';
import { perform } from './call/perform.ts';
import { createSwitchboard } from './call/switchboard.ts';
import { toTakeUp } from './call/take-up.ts';
import { staticTrunk, type Trunk } from './call/trunk/trunk.ts';
import { createTrunkSet } from './call/trunk/trunk-set.ts';
import { type ControlServer, openControlServer } from './control/control-server.ts';
import type { Controllable } from './control/controllable.ts';
import type { Provision, ReportBody, SwitchStats, TrunkStatus } from './control/protocol.ts';
import { createReportLog } from './control/report-log.ts';
import { claimSocketPath } from './control/socket-path.ts';
import type { MediaEngine } from './media/engine.ts';
import { createRandomId } from './random-id.ts';
import { type Clock, createSystemClock } from './sip/clock.ts';
import { createDigestVerifier, type DigestVerifier } from './sip/digest.ts';
import { createDnsResolver } from './sip/locate/dns-resolver.ts';
import type { NameResolver } from './sip/locate/name-resolver.ts';
import { createResponse, setHeader } from './sip/message.ts';
import { type Account, createAccounts } from './sip/registrar/accounts.ts';
import { createBindingStore } from './sip/registrar/bindings.ts';
import { type RegistrarSettings, register } from './sip/registrar/registrar.ts';
import {
  createBindingSaver,
  readSavedBindings,
  restoreBindings,
  savedBinding,
} from './sip/registrar/saved-bindings.ts';
import type { SessionTimerSettings } from './sip/session/session-timer.ts';
import type { ServerTransaction } from './sip/transaction/server.ts';
import type { Flow, Transport, TransportHandlers } from './sip/transport/flow.ts';
import { parseUri } from './sip/uri.ts';
import { createUserAgent } from './sip/user-agent.ts';

export interface SwitchOptions {
  engine: MediaEngine;
  openTransport(handlers: TransportHandlers): Promise<Transport>;
  /** of the control socket; without one the switch is driven through `control` only */
  controlSocket?: string;
  recordingFolder: string;
  /** registrations are kept here over a restart; without it phones are known again when they register again */
  registrationsFile?: string;
  trunks?: readonly Trunk[];
  /** of trunks' names; the system's if absent */
  resolver?: NameResolver;
  trunkChanged?(status: TrunkStatus): void;
  sessionTimer?: SessionTimerSettings;
  registrar?: RegistrarSettings;
  maximumLegs?: number;
  /** the media thread died: the process should end and be started again */
  mediaFailed?(error: Error): void;
  clock?: Clock;
  random?(): number;
  randomId?(): string;
}

export interface Switch {
  readonly control: Controllable;
  /** hears each report as it is made */
  onReport(handler: (body: ReportBody) => void): void;
  /** ends all calls and closes every socket */
  close(): Promise<void>;
}

export const defaultSessionTimer: SessionTimerSettings = { interval: 1_800, minimum: 90 };
/** Short, so that phones are soon back after a restart, when their registrations are forgotten. */
export const defaultRegistrar: RegistrarSettings = { minimum: 30, maximum: 180, usual: 120 };
const defaultMaximumLegs = 2_000;
const maximumDomains = 32;
const maximumUnprovisioned = 10_000;
/** a phone gives its request up after 32 seconds (RFC 3261 §17.1.2.2) */
const provisionPatience = 25_000;

export async function createSwitch(options: SwitchOptions): Promise<Switch> {
  // Before anything is opened: another switch would have the SIP port as well.
  if (options.controlSocket !== undefined) await claimSocketPath(options.controlSocket);
  const clock = options.clock ?? createSystemClock();
  const random = options.random ?? Math.random;
  const randomId = options.randomId ?? createRandomId();
  const timer = options.sessionTimer ?? defaultSessionTimer;
  const instance = randomId();
  const log = createReportLog(() => clock.now());
  const secret = randomBytes(32);
  const listeners = new Set<(body: ReportBody) => void>();
  let server: ControlServer | undefined;
  let verifier: DigestVerifier | undefined;
  let realm = '';
  const accounts = createAccounts();
  let unauthenticated = 0;
  /** what phones that are registered call us */
  const domains = new Set<string>();
  /** requests that came before the first provision */
  const unprovisioned = new Set<ServerTransaction>();

  function report(body: ReportBody, mayWait = false): void {
    server?.publish(log.add(body), mayWait);
    for (const listener of listeners) listener(body);
  }

  const bindings = createBindingStore(clock, {
    registered: (extension, address) => report({ type: 'registered', extension, address }),
    unregistered: extension => report({ type: 'unregistered', extension }),
    changed: () => saver?.touch(),
  });
  const { registrationsFile } = options;
  let saved = registrationsFile === undefined ? [] : await readSavedBindings(registrationsFile);
  const saver =
    registrationsFile === undefined
      ? undefined
      : createBindingSaver(registrationsFile, clock, () =>
          bindings.entries().flatMap(({ extension, binding }) => savedBinding(extension, binding) ?? []),
        );
  const board: Switchboard = createSwitchboard(
    options.engine,
    {
      random,
      after: (milliseconds, act) => clock.after(milliseconds, act),
      isOurHost: host => host === realm || domains.has(host),
      maximumLegs: options.maximumLegs ?? defaultMaximumLegs,
      mediaFailed: error => options.mediaFailed?.(error),
    },
    report,
  );
  const userAgent = await createUserAgent({
    clock,
    random,
    randomId,
    openTransport: handlers => options.openTransport(handlers),
    timer,
    flowOf: (target, lost) => bindings.flowOf(target) ?? trunks.sourceOf(lost)?.flow(),
    handlers: {
      invite: onInvite,
      register: onRegister,
      flowClosed(flow, problem) {
        bindings.flowClosed(flow);
        trunks.flowClosed(flow, problem);
      },
      flowSecured: flow => trunks.flowSecured(flow),
    },
  });

  const trunks = createTrunkSet({
    context: userAgent.context,
    resolver: options.resolver ?? createDnsResolver(),
    changed: status => options.trunkChanged?.(status),
  });
  trunks.provide((options.trunks ?? []).map(staticTrunk), { anonymousPrefix: '', emergencyNumbers: [] });

  function refuse(
    transaction: ServerTransaction,
    status: number,
    headers: Record<string, string> = {},
  ): void {
    const response = createResponse(transaction.request, status, randomId());
    for (const [name, value] of Object.entries(headers)) setHeader(response, name, value);
    transaction.respond(response);
  }

  /** Whom the request's credentials prove; otherwise it has been answered. */
  function authenticate(transaction: ServerTransaction): Account | undefined {
    if (verifier === undefined) {
      keepForProvision(transaction);
      return undefined;
    }
    const verdict = verifier.verify(transaction.request);
    if (verdict.type === 'authenticated')
      return { user: verdict.user, extension: accounts.extensionOf(verdict.user) };
    if (verdict.type === 'challenge') {
      refuse(transaction, 401, { 'www-authenticate': verifier.challenge(verdict.stale) });
    } else {
      unauthenticated++;
      refuse(transaction, 403);
    }
    return undefined;
  }

  /**
   * Nobody has said yet who may do what. A phone that is refused now may stay away for minutes, so its request waits as long
   * as the phone itself would.
   */
  function keepForProvision(transaction: ServerTransaction): void {
    const tooLate = { 'retry-after': '5' };
    if (unprovisioned.size >= maximumUnprovisioned) {
      refuse(transaction, 503, tooLate);
      return;
    }
    unprovisioned.add(transaction);
    clock.after(provisionPatience, () => {
      if (unprovisioned.delete(transaction)) refuse(transaction, 503, tooLate);
    });
  }

  function onRegister(transaction: ServerTransaction): void {
    const account = authenticate(transaction);
    if (account === undefined) return;
    const settings = options.registrar ?? defaultRegistrar;
    if (domains.size < maximumDomains) domains.add(parseUri(transaction.request.uri).host);
    const dialogs = (extension: string, flow: Flow) =>
      flow.protocol === 'WS' ? toTakeUp(extension, board) : [];
    register({ clock, bindings, settings, randomId, dialogs }, transaction, account);
  }

  function originOf(transaction: ServerTransaction): Origin | undefined {
    const line = trunks.sourceOf(transaction.flow);
    if (line !== undefined) return { type: 'trunk', trunk: line.trunk };
    const account = authenticate(transaction);
    return account === undefined ? undefined : { type: 'extension', extension: account.extension };
  }

  function onInvite(transaction: ServerTransaction): void {
    const origin = originOf(transaction);
    if (origin === undefined) return;
    const refusal = arrive(userAgent.context, board, transaction, origin);
    if (refusal === undefined) return;
    board.counters.refusedArrivals++;
    refuse(transaction, refusal, refusal === 422 ? { 'min-se': `${timer.minimum}` } : {});
  }

  function provision(wanted: Provision['provision']): void {
    // A changed password ends what was registered with the old one.
    for (const { extension, user } of accounts.provide(wanted.extensions, wanted.softphones ?? []))
      bindings.removeOf(extension, user);
    if (wanted.trunks !== undefined) trunks.provide(wanted.trunks, wanted.outside ?? trunks.rules);
    if (verifier !== undefined && wanted.realm === realm) return;
    realm = wanted.realm;
    verifier = createDigestVerifier({ clock, realm, secret, randomId, ha1: accounts.ha1 });
    restoreBindings(saved, bindings, userAgent.context.transport, clock.now(), accounts.isExtension);
    saved = [];
    for (const transaction of unprovisioned) {
      unprovisioned.delete(transaction);
      if (transaction.request.method === 'REGISTER') onRegister(transaction);
      else if (transaction.pending) onInvite(transaction);
    }
  }

  function stats(): SwitchStats {
    const { servers, clients } = userAgent.context.transactions.size;
    return {
      ...userAgent.counters,
      ...board.counters,
      unauthenticated,
      reports: log.seq,
      currentLegs: board.legs.size,
      currentDialogs: userAgent.context.dialogs.size,
      currentServerTransactions: servers,
      currentClientTransactions: clients,
      currentRegistrations: bindings.size,
      currentReportsKept: log.kept,
      trunks: trunks.status().map(status => ({ ...status, calls: board.callsBy(status.name) })),
    };
  }

  const performContext = {
    sip: userAgent.context,
    board,
    bindings,
    trunks,
    isExtension: accounts.isExtension,
    recordingFolder: options.recordingFolder,
  };
  const control: Controllable = {
    instance,
    log,
    perform: command => perform(performContext, command),
    provision,
    inventory: () => ({ legs: board.inventory(), registrations: bindings.all() }),
    stats,
  };
  if (options.controlSocket !== undefined) server = await openControlServer(options.controlSocket, control);

  return {
    control,
    onReport: handler => void listeners.add(handler),
    async close() {
      trunks.close();
      await saver?.close();
      board.close();
      bindings.close();
      await userAgent.close();
      await server?.close();
      await options.engine.stop();
    },
  };
}
