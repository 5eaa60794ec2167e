import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from 'playwright-core';

/** The ways between the pages of a browser and the switch: each goes by sockets of the test's own, which can swallow all of it. */
export interface MediaRelay {
  /** how many ways there have been: an ICE restart makes another */
  readonly ways: number;
  /** Those that there are carry nothing any more, in either direction, for good. */
  breakAll(): void;
  close(): void;
}

interface Way {
  port: number;
  break(): void;
  close(): void;
}

const host = '127.0.0.1';

const openSocket = async (): Promise<Socket> => {
  const socket = createSocket('udp4');
  // whoever sends to a port that is closed by now hears of it
  socket.on('error', () => {});
  await new Promise<void>(resolve => socket.bind(0, host, resolve));
  return socket;
};

const openWay = async (switchPort: number): Promise<Way> => {
  const [toBrowser, toSwitch] = [await openSocket(), await openSocket()];
  let browser: number | undefined;
  let carries = true;
  toBrowser.on('message', (packet, from) => {
    browser = from.port;
    if (carries) toSwitch.send(packet, switchPort, host);
  });
  toSwitch.on('message', packet => {
    if (carries && browser !== undefined) toBrowser.send(packet, browser, host);
  });
  return {
    port: (toBrowser.address() as AddressInfo).port,
    break() {
      carries = false;
    },
    close() {
      toBrowser.close();
      toSwitch.close();
    },
  };
};

/**
 * Runs in the page before its own scripts: what the switch says of where it is leads to the relay, and the switch is told no place of the
 * browser's, so that there is no other way.
 */
const detour = `
(() => {
  let { prototype } = RTCPeerConnection;
  // the class may be another's, who listens
  while (!Object.hasOwn(prototype, 'localDescription')) prototype = Object.getPrototypeOf(prototype);
  const own = Object.getOwnPropertyDescriptor(prototype, 'localDescription').get;
  Object.defineProperty(prototype, 'localDescription', {
    get() {
      const description = own.call(this);
      return description && new RTCSessionDescription({
        type: description.type,
        sdp: description.sdp.replaceAll(/a=candidate:.*\\r\\n/g, ''),
      });
    },
  });
  const set = prototype.setRemoteDescription;
  prototype.setRemoteDescription = async function ({ type, sdp }) {
    const fragment = /a=ice-ufrag:(\\S+)/.exec(sdp)?.[1] ?? '';
    const lines = await Promise.all(sdp.split('\\r\\n').map(async line => {
      const [, before, port, after] = /^(a=candidate:\\S+ \\d+ udp \\d+ \\S+ )(\\d+)( .*)$/i.exec(line) ?? [];
      return port === undefined ? line : before + (await relayed(fragment, Number(port))) + after;
    }));
    return set.call(this, { type, sdp: lines.join('\\r\\n') });
  };
})();`;

/** Holds for pages that are loaded from now on. */
export const relayMedia = async (context: BrowserContext): Promise<MediaRelay> => {
  /** by the switch's ICE credentials and port, which are others after a restart */
  const ways = new Map<string, Promise<Way>>();
  let opened: Way[] = [];
  await context.exposeFunction('relayed', async (fragment: string, port: number) => {
    const key = `${fragment} ${port}`;
    const known = ways.get(key);
    if (known) return (await known).port;
    const made = openWay(port);
    ways.set(key, made);
    const way = await made;
    opened.push(way);
    return way.port;
  });
  await context.addInitScript(detour);
  return {
    get ways() {
      return ways.size;
    },
    breakAll() {
      for (const way of opened) way.break();
    },
    close() {
      for (const way of opened) way.close();
      opened = [];
    },
  };
};
