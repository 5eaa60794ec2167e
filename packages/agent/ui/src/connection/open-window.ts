import {
  type Answer,
  accepted,
  type DeskStatus,
  deskMethods,
  deskTakeOverMethods,
  type KeptPreferences,
  type LaunchParameters,
  localExtensions,
  type RuntimeFile,
} from '@cordboard/contract';
import {
  type AgentClient,
  type ApplicationAccess,
  type ClientEventName,
  createAgentClient,
} from '@cordboard/sdk';
import type { Store } from '../state/store.ts';
import { createTabKeys, type TabKeys } from '../tabs/tab-keys.ts';
import { createTabStore, type TabStore } from '../tabs/tab-store.ts';
import { createWebLogon } from '../web/web-logon.ts';
import { createDeskLink, openProgramTransport } from './desk-link.ts';
import { deskDoor, openSocket } from './door.ts';
import { createSeenEvents } from './seen-events.ts';
import { createServerClock, keepMeasured, type ServerClock } from './server-clock.ts';
import { subscribeAll } from './subscriptions.ts';
import { takeToken } from './token.ts';

/** What the pages can do. */
export interface Desk {
  readonly store: Store;
  readonly client: AgentClient;
  readonly tabs: TabStore;
  readonly tabKeys: TabKeys;
  readonly serverClock: ServerClock;
  openSocket(path: string): WebSocket;
  /** where the empty page stands that is around each web tab */
  frame(): string;
  /** `takeOver`: ends the same agent's logon elsewhere */
  logOn(parameters: LaunchParameters, takeOver?: boolean): void;
  logOff(): void;
  /** Asks the application what programs may not, again and again: a refusal is the asker's. */
  read(method: string, parameters: object): Promise<Answer>;
  /** Asks the application what programs may not; a refusal becomes a notice. */
  request(method: string, parameters: object): Promise<Answer>;
  /** The same, and a refusal is the asker's. */
  inquire(method: string, parameters: object): Promise<Answer>;
  /** Another window of the same agent, or this one, has kept these. */
  onPreferences(told: (kept: KeptPreferences) => void): void;
  /** Asks; a refusal becomes a notice. */
  ask(request: (client: AgentClient) => Promise<boolean>): void;
}

const followed: readonly ClientEventName[] = [
  'OnCallEvent',
  'OnEmailEvent',
  'OnSMSEvent',
  'OnOpenMediaEvent',
  'OnChatEvent',
  'OnRegistrationStatus',
  'OnUserStatusUpdate',
  'OnDispatchPersonalCallEvent',
  'OnDispatchCommonHoldCallEvent',
  'OnDispatchVoiceCallEvent',
  'OnRealTimeInformationUpdate',
  'abilities',
  'coverage',
];

const runtimeOf = (status: DeskStatus | null): RuntimeFile | null =>
  status && {
    pid: status.pid,
    endpoint: location.origin,
    release: status.release,
    startedAt: status.startedAt,
    ready: status.ready,
  };

/** The server serves this page, not an application on this machine. */
const isWeb = (): boolean => document.querySelector<HTMLMetaElement>('meta[name="door"]')?.content === 'web';

/** Connects the window to its application: the state follows from here on. */
export const openWindow = (store: Store): Desk => {
  const now = () => Date.now();
  const { dispatch } = store;
  const seenEvents = createSeenEvents({
    read: (method, parameters) => link.request(method, parameters),
    isWanted: () => (store.get().status?.logLevel ?? 0) >= 5,
    now,
  });
  setInterval(() => void seenEvents.report(), 1_000);
  const web = isWeb() ? createWebLogon({ store, wake: () => link.wake(), sleep: () => link.sleep() }) : null;
  const door = web?.door ?? deskDoor(takeToken());
  const access: ApplicationAccess = {
    find: async () => runtimeOf(store.get().status),
    connect: async () => seenEvents.watch(await openProgramTransport(door)),
    watch: () => () => {},
    launch: async () => accepted(true),
  };
  const client = createAgentClient({
    name: 'window',
    access,
    onFirstSnapshot(snapshot) {
      dispatch({ type: 'snapshot', snapshot, now: now() });
      void subscribeAll(client, snapshot, store.get().status?.privileges ?? []);
    },
  });
  for (const event of followed)
    client.on(event, (...values: unknown[]) => dispatch({ type: 'event', event, values, now: now() }));
  client.on('resynchronized', snapshot => dispatch({ type: 'snapshot', snapshot, now: now() }));
  client.on('connectionChanged', state => {
    dispatch({ type: 'catchingUp', catchingUp: state === 'reconnecting' });
    if (state === 'idle') void initialize();
  });
  client.on('operationFailed', ({ method, reason, detail = '' }) =>
    dispatch({ type: 'refused', method, reason, detail }),
  );

  const initialize = async () => {
    if (store.get().status?.ready && client.connectionState === 'idle') await client.initialize();
  };
  const tabs = createTabStore(() => link);
  const followers = new Set<(kept: KeptPreferences) => void>();
  const link = createDeskLink(door, {
    onTabs: tabs.set,
    onPreferences(kept) {
      for (const told of followers) told(kept);
    },
    onState: application => dispatch({ type: 'application', application }),
    onStatus(told) {
      const before = store.get().status;
      const status = web?.complete(told) ?? told;
      dispatch({ type: 'status', status });
      // another logon, or another run: the client begins anew
      if (before?.loggedOnAt !== status.loggedOnAt && client.connectionState === 'connected')
        void client.uninitialize();
      else void initialize();
    },
  });
  const serverClock = createServerClock({
    ask: (method, parameters) => link.request(method, parameters),
    now,
    elapsed: () => performance.now(),
  });
  keepMeasured(serverClock);
  const tell = async (method: string, parameters: object) => {
    const answer = await link.request(method, parameters);
    if (!answer.ok)
      dispatch({
        type: 'refused',
        method,
        reason: answer.refusal.reason,
        detail: answer.refusal.detail ?? '',
      });
    return answer;
  };

  return {
    store,
    client,
    tabs,
    tabKeys: createTabKeys(),
    serverClock,
    openSocket: path => openSocket(door, path),
    frame: door.frame,
    logOn(parameters, takeOver = false) {
      if (web) void web.logOn(parameters, takeOver);
      else void tell(takeOver ? deskTakeOverMethods.takeOver : localExtensions.logOn, parameters);
    },
    logOff: () => void tell(deskMethods.logOff, {}),
    read: link.request,
    request: tell,
    inquire: link.request,
    onPreferences: told => void followers.add(told),
    ask(request) {
      const run = async () => {
        if (await request(client)) return;
        const refusal = client.lastRefusal;
        if (refusal)
          dispatch({
            type: 'refused',
            method: refusal.method,
            reason: refusal.reason,
            detail: refusal.detail ?? '',
          });
      };
      void run();
    },
  };
};
