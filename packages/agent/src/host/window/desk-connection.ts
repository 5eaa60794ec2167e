import {
  accepted,
  type Clock,
  type ConnectedProgram,
  checkOf,
  createPeer,
  type DeskStatus,
  type DeskTabs,
  deskMethods,
  deskNotifications,
  deskPreferenceNotifications,
  deskTabNotifications,
  type KeptPreferences,
  RevokeRequest,
  type Route,
  refused,
  type Transport,
} from '@cordboard/contract';
import type { AgentLog } from '../../log/agent-log.ts';
import type { Tabs } from '../../tabs/tabs.ts';
import { deskQueryRoutes, type QueryServer } from './desk-query-routes.ts';

export interface DeskServices {
  status(): DeskStatus;
  /** The agent logs off; the application stays. */
  logOff(): Promise<void>;
  programs(): ConnectedProgram[];
  /** False: there is no such program (any more). */
  revoke(number: number): boolean;
  tabs: Pick<Tabs, 'routes' | 'state'>;
  /** what the pages of the settings and of diagnostics ask */
  diagnostics: ReadonlyMap<string, Route>;
  /** asks the server what windows may */
  query: QueryServer;
  /** what else the window may ask */
  routes: ReadonlyMap<string, Route>;
}

export interface DeskConnectionOptions {
  transport: Transport;
  clock: Clock;
  log: AgentLog;
  /** what the local socket takes before `initialize` the window may ask too */
  extensions: ReadonlyMap<string, Route>;
  services: DeskServices;
  onClose(connection: DeskConnection): void;
}

export interface DeskConnection {
  tellTabs(tabs: DeskTabs): void;
  tellPreferences(preferences: KeptPreferences): void;
  tellStatus(status: DeskStatus): void;
  close(detail: string): void;
}

const anything = (): null => null;

const routesOf = (services: DeskServices): ReadonlyMap<string, Route> =>
  new Map<string, Route>([
    [deskMethods.getStatus, { check: anything, run: () => accepted(services.status()) }],
    [
      deskMethods.logOff,
      {
        check: anything,
        async run() {
          await services.logOff();
          return accepted(true);
        },
      },
    ],
    [deskMethods.listPrograms, { check: anything, run: () => accepted(services.programs()) }],
    [
      deskMethods.revokeProgram,
      {
        check: checkOf(RevokeRequest),
        run: ({ number }: RevokeRequest) =>
          services.revoke(number) ? accepted(true) : refused('invalidValue', 'no such program'),
      },
    ],
    ...deskQueryRoutes(services.query),
  ]);

/** A window of the application, with which it speaks the desk wire. */
export const createDeskConnection = (options: DeskConnectionOptions): DeskConnection => {
  const { log, services } = options;
  const own = routesOf(services);
  const logged = (method: string, route: Route): Route => ({
    check: route.check,
    run(parameters, request) {
      log.integration({ direction: 'REQ', client: 'window', name: method, content: parameters });
      return route.run(parameters, request);
    },
  });
  const peer = createPeer({
    transport: options.transport,
    clock: options.clock,
    route(method) {
      const unlogged = services.diagnostics.get(method);
      if (unlogged) return unlogged;
      const route =
        own.get(method) ??
        services.routes.get(method) ??
        services.tabs.routes.get(method) ??
        options.extensions.get(method);
      return route && logged(method, route);
    },
    onFailure: (method, error) =>
      log.error(`${method} failed inside`, { error: error instanceof Error ? error.stack : String(error) }),
    onClose: () => options.onClose(connection),
  });
  const connection: DeskConnection = {
    tellStatus: status => void peer.notify(deskNotifications.status, status),
    tellTabs: tabs => void peer.notify(deskTabNotifications.tabs, tabs),
    tellPreferences: preferences => void peer.notify(deskPreferenceNotifications.preferences, preferences),
    close: detail => peer.close(detail),
  };
  return connection;
};
