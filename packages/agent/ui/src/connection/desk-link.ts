import {
  type Answer,
  createPeer,
  type DeskStatus,
  type DeskTabs,
  deskMethods,
  deskNotifications,
  deskPreferenceNotifications,
  deskTabMethods,
  deskTabNotifications,
  type KeptPreferences,
  type Peer,
  refused,
  systemClock,
  type Transport,
  WireError,
  webSocketTransport,
  windowPaths,
} from '@cordboard/contract';
import { type Door, openSocket } from './door.ts';

export interface DeskLinkEvents {
  onStatus(status: DeskStatus): void;
  onTabs(tabs: DeskTabs): void;
  onPreferences(kept: KeptPreferences): void;
  onState(state: 'open' | 'lost' | 'denied'): void;
}

/** The window's connection on which it asks what programs may not. Made again, with pauses, when it breaks. */
export interface DeskLink {
  request(method: string, parameters: object): Promise<Answer>;
  /** The door has a token now. */
  wake(): void;
  /** The door has none any more. */
  sleep(): void;
}

const firstPause = 200;
const longestPause = 3_000;

export const openProgramTransport = (door: Door): Promise<Transport> =>
  new Promise((resolve, reject) => {
    const socket = openSocket(door, windowPaths.program);
    socket.addEventListener('open', () => resolve(webSocketTransport(socket)), { once: true });
    socket.addEventListener('error', () => reject(new Error('no connection to the application')), {
      once: true,
    });
  });

export const createDeskLink = (door: Door, events: DeskLinkEvents): DeskLink => {
  let peer: Peer | null = null;
  let failures = 0;
  let wasOpen = false;

  const connect = () => {
    // until it is woken
    if (door.token() === null || peer) return;
    const made = createPeer({
      transport: webSocketTransport(openSocket(door, windowPaths.desk)),
      clock: systemClock,
      route: () => undefined,
      onNotification(name, value) {
        if (name === deskNotifications.status) events.onStatus(value as DeskStatus);
        if (name === deskTabNotifications.tabs) events.onTabs(value as DeskTabs);
        if (name === deskPreferenceNotifications.preferences) events.onPreferences(value as KeptPreferences);
      },
      onClose() {
        if (peer !== made) return;
        peer = null;
        if (door.token() === null) return;
        failures += 1;
        // never let in: this page has no token, or that of an earlier run
        events.onState(wasOpen || failures < 3 ? 'lost' : 'denied');
        setTimeout(
          () => void connectIfOpen(),
          Math.min(firstPause * 2 ** Math.min(failures, 10), longestPause),
        );
      },
    });
    peer = made;
    void greet(made);
  };
  const connectIfOpen = async () => {
    if (await door.stillOpens()) connect();
  };
  const greet = async (made: Peer) => {
    try {
      const answer = await made.request(deskMethods.getStatus, {});
      if (!answer.ok) return;
      failures = 0;
      wasOpen = true;
      events.onState('open');
      events.onStatus(answer.value as DeskStatus);
      const tabs = await made.request(deskTabMethods.getTabs, {});
      if (tabs.ok) events.onTabs(tabs.value as DeskTabs);
    } catch (error) {
      // it broke: onClose tries again
      if (!(error instanceof WireError)) throw error;
    }
  };
  connect();

  return {
    wake: connect,
    sleep() {
      const ending = peer;
      peer = null;
      failures = 0;
      ending?.close('logged off');
    },
    async request(method, parameters) {
      if (!peer) return refused('connectionLost');
      try {
        return await peer.request(method, parameters);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return refused(error.kind === 'deadlineExceeded' ? 'deadlineExceeded' : 'connectionLost');
      }
    },
  };
};
