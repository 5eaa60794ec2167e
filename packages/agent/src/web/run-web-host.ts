import { chmodSync } from 'node:fs';
import {
  checkOf,
  maximumFrameBytes,
  systemClock,
  type WebHostReport,
  WebHostSettings,
  webSocketTransport,
} from '@cordboard/contract';
import { WebSocket } from 'ws';
import { noMemory } from '../host/softphone.ts';
import { builtWindow, readPages } from '../host/window/pages.ts';
import { createWebApplications } from './web-applications.ts';
import { openWebServer } from './web-server.ts';

const check = checkOf(WebHostSettings);

/** What the process and its parent say to each other (`child_process.fork`). */
export interface Parent {
  once(event: 'message', listener: (message: unknown) => void): unknown;
  send(report: WebHostReport): void;
}

/**
 * Serves the windows of some agents. It keeps nothing that is not at the site, in the server's configuration, or in the page: one that
 * dies is replaced, and the pages come back by themselves.
 */
export const runWebHost = async (parent: Parent): Promise<{ close(): Promise<void> }> => {
  const settings = await new Promise<unknown>(resolve => void parent.once('message', resolve));
  const fault = check(settings);
  if (fault) throw new Error(`settings of the wrong type: ${fault.path} ${fault.expected}`);
  const { endpoint, broker } = settings as WebHostSettings;
  let phone = '';
  const applications = createWebApplications({
    softphone: {
      ...noMemory,
      socket: () => phone,
      rememberSocket(url) {
        phone = url;
      },
    },
    settings: settings as WebHostSettings,
    clock: systemClock,
    connectBroker: url =>
      webSocketTransport(
        new WebSocket(`ws+unix:${broker}:${url.pathname}`, {
          maxPayload: maximumFrameBytes,
          handshakeTimeout: 10_000,
        }),
      ),
    onEnded: logon => parent.send({ type: 'ended', logon }),
  });
  const server = await openWebServer({
    pages: readPages(builtWindow),
    applications,
    endpoint,
    softphone: () => phone,
    onFailure: error => console.error(error instanceof Error ? error.stack : String(error)),
  });
  if (process.platform !== 'win32') chmodSync(endpoint, 0o600);
  parent.send({ type: 'listening' });
  return {
    async close() {
      await server.close();
      await applications.close();
    },
  };
};
