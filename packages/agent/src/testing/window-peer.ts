import { createPeer, type Peer, systemClock, type Transport, webSocketTransport } from '@cordboard/contract';
import { WebSocket } from 'ws';
import type { Desk } from './desk.ts';

/** A WebSocket of the window whose address, with its token, this is. */
export const connectWindow = (address: string, path: string): Transport => {
  const url = new URL(address);
  return webSocketTransport(
    new WebSocket(`ws://${url.host}${path}`, ['cordboard.1', `token.${url.hash.slice(1)}`], {
      origin: url.origin,
    }),
  );
};

/** Asks on the desk wire, as the window does. */
export const deskPeer = (desk: Desk): Peer =>
  createPeer({
    transport: connectWindow(desk.application.window ?? '', '/desk'),
    clock: systemClock,
    route: () => undefined,
  });
