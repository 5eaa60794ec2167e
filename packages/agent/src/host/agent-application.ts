import { randomUUID } from 'node:crypto';
import {
  type AgentSnapshot,
  type Answer,
  type ApplicationMethodName,
  accepted,
  type Clock,
  eventCheck,
  findMethod,
  type ICall,
  type IUserInformation,
  type LaunchParameters,
  localNotifications,
  type MethodName,
  refused,
  type StreamItemMessage,
  splitSnapshot,
  type Transport,
  workspaceItem,
} from '@cordboard/contract';
import type { RuntimePlaces } from '@cordboard/sdk';
import type { AgentLog } from '../log/agent-log.ts';
import type { LogLevel } from '../log/level.ts';
import { differences } from '../model/differences.ts';
import { applyItem, createReplica, type Replica } from '../model/replica.ts';
import { type AskFraming, askFramingOverHttp } from '../tabs/framing.ts';
import { createTabs } from '../tabs/tabs.ts';
import { createAnswerBook } from './answer-book.ts';
import { applicationAnswers } from './application-answers.ts';
import { type Asker, type ClientConnection, createClientConnection } from './client-connection.ts';
import { createClientStream } from './client-stream.ts';
import { createConnectionHistory } from './connection-history.ts';
import { type Door, localDoor } from './door.ts';
import { localExtensionRoutes } from './local-extensions.ts';
import { type Login, loginOf, withTakeOver } from './login.ts';
import type { LogOn } from './logon.ts';
import { noPreferencePlace, type PreferencePlace } from './preferences/preference-place.ts';
import { preferenceRoutes } from './preferences/preference-routes.ts';
import { createPrograms } from './programs.ts';
import { createRuntimeStatus } from './runtime-status.ts';
import type { AgentSettings } from './settings.ts';
import { createSiteRequests, missingPrivilege } from './site-requests.ts';
import { createSoftphone, noMemory, type SoftphoneMemory } from './softphone.ts';
import { bundleRoutes } from './support/bundle-routes.ts';
import { createUplink, type UplinkState } from './uplink.ts';
import { clockRoutes } from './window/clock-routes.ts';
import { createDesks } from './window/desks.ts';
import { diagnosticRoutes } from './window/diagnostic-routes.ts';
import { settingsRoutes } from './window/settings-routes.ts';
import { takeOverRoutes } from './window/take-over-routes.ts';
import type { WindowServer, WindowServerOptions } from './window/window-server.ts';

export interface AgentApplicationOptions {
  places: RuntimePlaces;
  /** the local socket at `places`, unless told */
  door?: Door;
  settings(): AgentSettings;
  log: AgentLog;
  clock: Clock;
  logOn: LogOn;
  connectBroker(url: URL): Transport;
  /** names this run in its requests; a random name unless told */
  instance?: string;
  /** serves the window; without it the application has none */
  openWindow?(welcome: WindowWelcome): Promise<WindowServer>;
  /** for the fields of the log-on page */
  remembered?(): { logonId: string; extension: string; site?: string };
  softphone?: SoftphoneMemory;
  rememberLogon?(logonId: string, extension: string, site: string): void;
  random?: () => number;
  /** for the next run, as set in the window. False: it cannot be kept. */
  keepLogLevel?(level: LogLevel): boolean;
  /** of each person's window; unless told each browser keeps its own */
  preferences?: PreferencePlace;
  /** whether the server of a page forbids frames; asked over HTTP unless told */
  askFraming?: AskFraming;
  /** the connection to the server is in another state */
  onState?(state: UplinkState): void;
  /** the application was closed, by a client or by `close` */
  onClosed?(): void;
}

export type WindowWelcome = Pick<
  WindowServerOptions,
  'welcomeProgram' | 'welcomeDesk' | 'tabs' | 'onRefused' | 'softphone'
>;

/** The host of the Agent application: logged on at the server, serving every AgentClient of this user. */
export interface AgentApplication {
  readonly state: UplinkState;
  readonly clients: number;
  /** URL of the window, with its token; null where there is none */
  readonly window: string | null;
  logOn(parameters: LaunchParameters): Answer;
  /** Logs off, tells every client, and ends. */
  close(): Promise<void>;
  /** Ends without logging off: another application may go on where this one stops. */
  leave(): Promise<void>;
}

export const release = '0.1.0';

/** @throws AlreadyRunningError */
export const startAgentApplication = async (options: AgentApplicationOptions): Promise<AgentApplication> => {
  const { places, log, clock } = options;
  const instance = options.instance ?? randomUUID();
  const startedAt = new Date(clock.now()).toISOString();
  const stream = createClientStream();
  const answers = createAnswerBook();
  /** initialized, so they get events */
  const programs = createPrograms();
  const open = new Set<ClientConnection>();
  let connectionNumber = 0;
  let login: Login | null = null;
  let replica: Replica | null = null;
  /** of the agent who is logged on: programs have been told of it */
  let loggedOnAt: string | null = null;
  let closing: Promise<void> | null = null;
  const history = createConnectionHistory(clock);

  const publish = (event: string, values: readonly unknown[], at?: number) => {
    const entry = stream.publish(event, values, at);
    log.integration({ direction: 'EVT', client: `all(${programs.size})`, name: event, content: values });
    for (const program of programs) program.send(entry);
    tabs.publish(entry, at);
  };

  const privileges = (): readonly string[] | null =>
    uplink.state.type === 'attached' || uplink.state.type === 'attaching'
      ? uplink.state.grant.privileges
      : null;

  /** Null: programs may connect now. */
  const refusal = () => {
    const held = privileges();
    if (!held || !replica) return refused('notLoggedOn', problemOf(uplink.state) ?? undefined);
    return held.includes('useIntegrationInterface')
      ? null
      : refused('missingPrivilege', 'useIntegrationInterface');
  };
  const programRefusal = (clientId: string) =>
    refusal() ?? (programs.isRevoked(clientId) ? refused('missingPrivilege', 'revoked by the user') : null);
  /** The window needs no right to use the interface: it is how the agent works. */
  const windowRefusal = () =>
    privileges() && replica ? null : refused('notLoggedOn', problemOf(uplink.state) ?? undefined);
  const tellStatus = () => {
    desks.tellStatus();
    const no = refusal();
    runtime.set({
      ready: no === null,
      ...(no && { problem: no.refusal.detail ?? no.refusal.reason }),
      ...(loggedOnAt !== null && { loggedOnAt }),
    });
  };

  const onState = (state: UplinkState) => {
    history.note(state.type, problemOf(state));
    const problem = problemOf(state);
    if (problem) log.warning(`${state.type}: ${problem}`);
    else log.info(state.type);
    if (state.type === 'off') {
      const before = replica?.snapshot.user;
      replica = null;
      loggedOnAt = null;
      if (before?.LoggedOn === 1) publish('OnUserStatusUpdate', [loggedOff(before)]);
      tabs.clear();
    }
    tellStatus();
    options.onState?.(state);
  };

  const logCall = (call: ICall) =>
    log.callFlow(`call ${call.ID} ${call.StateDescription}`, { State: call.State });

  const onItem = (item: StreamItemMessage): boolean => {
    if (!replica) return false;
    const fault = eventCheck(item.event)?.(item.values);
    if (fault) log.error(`${item.event} of the wrong type was left out`, { seq: item.seq, ...fault });
    const applied = applyItem(replica, fault ? { ...item, event: '' } : item);
    if (applied.type === 'gap')
      log.warning('items of the site are missing', { after: replica.seq, next: item.seq });
    if (applied.type !== 'applied') return applied.type === 'repeated';
    replica = applied.replica;
    log.protocol('IN', item.event, item);
    if (item.event === 'OnCallEvent' && !fault) logCall(item.values[0] as ICall);
    const told = eventCheck(item.event) !== undefined || Object.hasOwn(localNotifications, item.event);
    if (told && !fault) publish(item.event, item.values, item.at);
    if (!fault) tabs.take(item.event, replica.snapshot, item.values);
    return true;
  };

  /** In as many frames as it needs. */
  const publishSnapshot = (whole: AgentSnapshot) => {
    const { snapshot, parts } = splitSnapshot(whole);
    for (const [index, dispatch] of parts.entries())
      publish(localNotifications.stillWaiting, [index + 1, dispatch]);
    publish(localNotifications.resynchronized, [snapshot, parts.length]);
  };

  const tellLogin = () => {
    if (loggedOnAt !== null) return;
    loggedOnAt = new Date(clock.now()).toISOString();
    publish('OnUserLogin', []);
  };

  const uplink = createUplink({
    logOn: async (server, request) => {
      log.protocol('OUT', 'logon', { server: server.href, ...request });
      const outcome = await options.logOn(server, request);
      log.protocol('IN', 'logon', outcome);
      return outcome;
    },
    connect: url => {
      log.detail('connecting to the broker', { url: url.href });
      return options.connectBroker(url);
    },
    clock,
    client: instance,
    random: options.random ?? Math.random,
    onState(state) {
      if (state.type === 'attached') {
        tellLogin();
        if (login) {
          const { logonId, extension = '', siteName = '' } = login.request;
          // the configured one is not his own word: it may be configured otherwise
          options.rememberLogon?.(logonId, extension, siteName === options.settings().site ? '' : siteName);
        }
      }
      onState(state);
    },
    onSnapshot(snapshot, seq) {
      const before = replica;
      replica = createReplica(snapshot, seq);
      log.secretFields = new Set(snapshot.secretFields?.map(each => each.toLowerCase()));
      tabs.take(workspaceItem, snapshot, []);
      log.protocol('IN', 'snapshot', { seq });
      if (!before) tellLogin();
      publishSnapshot(snapshot);
      // after an earlier logon programs are connected already, and calls may have come before the application was attached
      const known = before?.snapshot ?? withoutSessions(snapshot);
      for (const { event, values } of differences(known, snapshot)) publish(event, values);
      for (const call of snapshot.calls) tabs.take('OnCallEvent', snapshot, [call]);
    },
    onItem,
    onPing: history.ping,
  });

  const closeSoon = () => void clock.after(10, () => void close());
  const own = applicationAnswers(() => replica, closeSoon);
  const askSite = createSiteRequests({
    instance,
    privileges,
    async request(method, parameters, requestId) {
      log.protocol('OUT', method, { requestId, parameters });
      return uplink.request(method, parameters, requestId);
    },
  });

  const answer = (asker: Asker, method: MethodName, parameters: object): Answer | Promise<Answer> => {
    const descriptor = findMethod(method);
    const missing = missingPrivilege(privileges() ?? [], descriptor?.privilege ?? null);
    if (missing) return missing;
    switch (descriptor?.answeredBy) {
      case 'application':
        return own[method as ApplicationMethodName](parameters as never);
      case 'site':
        return answers.answer(asker.clientId, asker.requestId, () => askSite(asker, method, parameters));
      default:
        return tabs.answer(method, parameters);
    }
  };

  const logOn = (parameters: LaunchParameters, takeOver = false): Answer => {
    login = loginOf(parameters, options.settings());
    if (!login) return refused('invalidValue', 'no logon id, or the server is no URL');
    softphone.choose(parameters);
    log.info(`logging on ${login.request.logonId} at ${login.server.origin}`);
    uplink.logOn(takeOver ? withTakeOver(login) : login);
    return accepted(true);
  };
  const softphone = createSoftphone({
    memory: options.softphone ?? noMemory,
    log,
    clock,
    ask: method => uplink.request(method, {}, randomUUID()),
    serverHost: () => login?.server.hostname ?? '127.0.0.1',
  });
  const tabs = createTabs({
    clock,
    log,
    stream,
    release,
    refusal,
    snapshot: () => replica?.snapshot ?? null,
    answer,
    askFraming: options.askFraming ?? askFramingOverHttp(() => window?.url ?? 'http://127.0.0.1'),
    clockOffset: () => history.pings.at(-1)?.clockOffset ?? 0,
    onChanged: () => desks.tellTabs(),
  });
  const extensions = localExtensionRoutes(log, parameters => logOn(parameters));
  const connection = () =>
    history.report({
      server: login?.server.origin ?? options.settings().server,
      state: uplink.state.type,
      problem: problemOf(uplink.state),
      lastSequence: replica?.seq ?? null,
    });
  const desks = createDesks(clock, log, extensions, {
    status: () => ({
      release,
      pid: process.pid,
      startedAt,
      connection: uplink.state.type,
      problem: problemOf(uplink.state),
      ...elsewhereOf(uplink.state),
      ready: windowRefusal() === null,
      loggedOnAt,
      privileges: [...(privileges() ?? [])],
      remembered: {
        server: options.settings().server,
        softphone: softphone.last,
        ...(options.remembered?.() ?? nothingRemembered),
      },
      softphone: softphone.chosen,
      logLevel: log.level,
    }),
    logOff: () => uplink.logOff(),
    programs: programs.list,
    revoke: programs.revoke,
    tabs,
    diagnostics: new Map([
      ...settingsRoutes({ log, keepLogLevel: options.keepLogLevel ?? (() => false), tellStatus }),
      ...diagnosticRoutes({ log, clock, connection }),
      ...clockRoutes(clock, () => history.pings.at(-1)?.clockOffset ?? null),
      ...bundleRoutes(() => ({
        release,
        startedAt,
        now: clock.now(),
        settings: options.settings(),
        connection: connection(),
        privileges: privileges() ?? [],
        connected: {
          programs: programs.list(),
          tabs: tabs.state().tabs.map(({ origin, placement, framing, rights }) => ({
            ...{ origin, placement, framing, rights },
          })),
        },
        log,
        secrets: secretsOf(login, uplink.state),
      })),
    ]),
    query: (method, parameters) => uplink.request(method, parameters, randomUUID()),
    routes: new Map([
      ...softphone.routes,
      ...takeOverRoutes(parameters => logOn(parameters, true)),
      ...preferenceRoutes({
        place: options.preferences ?? noPreferencePlace,
        logonId: () => replica?.snapshot.user.LoginID ?? null,
        lastLogonId: () => options.remembered?.().logonId ?? '',
        tellWindows: preferences => desks.tellPreferences(preferences),
      }),
    ]),
  });

  const welcomeAs = (kind: ClientConnection['kind']) => (transport: Transport, gone: () => void) => {
    connectionNumber += 1;
    const connection = createClientConnection({
      transport,
      clock,
      number: connectionNumber,
      kind,
      log,
      stream,
      release,
      refusal: clientId => (kind === 'window' ? windowRefusal() : programRefusal(clientId)),
      snapshot: () => replica?.snapshot ?? null,
      answer,
      extensions,
      onInitialized: each => programs.add(each, new Date(clock.now()).toISOString()),
      onClose() {
        programs.delete(connection);
        open.delete(connection);
        gone();
      },
    });
    open.add(connection);
  };
  const door = options.door ?? localDoor(places);
  await door.open(welcomeAs('program'));
  const window = await options.openWindow?.({
    welcomeProgram: welcomeAs('window'),
    welcomeDesk: desks.welcome,
    softphone: () => softphone.socket,
    tabs,
    onRefused: what => log.warning(`the window's server refused ${what}`),
  });
  const runtime = createRuntimeStatus(door, {
    pid: process.pid,
    endpoint: places.endpoint,
    release,
    startedAt,
    ...(window && { window: window.url }),
  });
  log.info(`Agent application ${release} started, process ${process.pid}`);
  tellStatus();

  const shutDown = async (logOff: boolean) => {
    log.info('shutting down');
    if (logOff) await uplink.logOff();
    else uplink.close();
    // first the file, then the connections: who loses his connection and looks finds no application
    runtime.remove();
    for (const connection of open) connection.close('the application closes');
    desks.close('the application closes');
    await window?.close();
    await door.close();
    log.info('closed');
    options.onClosed?.();
  };
  const endOnce = (logOff: boolean): Promise<void> => {
    closing ??= shutDown(logOff);
    return closing;
  };
  const close = () => endOnce(true);

  return {
    get state() {
      return uplink.state;
    },
    get clients() {
      return programs.size;
    },
    window: window?.url ?? null,
    logOn: parameters => logOn(parameters),
    close,
    leave: () => endOnce(false),
  };
};

const nothingRemembered = { logonId: '', extension: '' };

/** What programs knew of an agent who was not logged on. */
const withoutSessions = (snapshot: AgentSnapshot): AgentSnapshot => ({
  ...snapshot,
  user: loggedOff(snapshot.user),
  calls: [],
  emails: [],
  sms: [],
  openMedia: [],
  chats: [],
  dispatch: { personalCalls: [], commonHoldCalls: [], voiceCalls: [] },
  realTime: [],
});

/** Seed, IUSERINFORMATION: nobody is ready, and the phone is nobody's. */
const loggedOff = (user: IUserInformation): IUserInformation => ({
  ...user,
  LoggedOn: 0,
  ReadyStatus: false,
  EmailReadyStatus: false,
  OpenMediaReadyStatus: false,
  ChatReadyStatus: false,
  VoiceNotReadyReasonID: 0,
  VoiceNotReadyReasonString: '',
  PhoneIPAddress: '',
});

/** What the application knows now and may not tell anybody. */
const secretsOf = (login: Login | null, state: UplinkState): string[] =>
  [
    login?.request.password,
    login?.request.extensionPassword,
    'grant' in state ? state.grant.token : undefined,
  ].filter(each => each !== undefined && each !== null);

const elsewhereOf = (state: UplinkState) =>
  state.type === 'off' && state.elsewhere ? { elsewhere: state.elsewhere } : {};

const problemOf = (state: UplinkState): string | null => (state.type === 'attached' ? null : state.problem);
