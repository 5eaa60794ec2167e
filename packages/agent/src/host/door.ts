import net from 'node:net';
import { lineTransport, type RuntimeFile, type Transport } from '@cordboard/contract';
import type { RuntimePlaces } from '@cordboard/sdk';
import { listenAlone, removeRuntimeFile, writeRuntimeFile } from './single-instance.ts';

/** Where the programs of this user find the application and come in: the local socket, or as a simulation says. */
export interface Door {
  /**
   * `gone` is to be called when a connection has ended.
   * @throws AlreadyRunningError
   */
  open(welcome: (transport: Transport, gone: () => void) => void): Promise<void>;
  /** what programs that look for the application find */
  show(content: RuntimeFile): void;
  hide(): void;
  close(): Promise<void>;
}

export const localDoor = (places: RuntimePlaces): Door => {
  let server: net.Server | null = null;
  return {
    async open(welcome) {
      // a client that does not close its side must not keep the socket
      server = net.createServer(socket => welcome(lineTransport(socket), () => socket.destroySoon()));
      await listenAlone(server, places);
    },
    show: content => writeRuntimeFile(places, content),
    hide: () => removeRuntimeFile(places),
    close: () => new Promise(resolve => (server ? server.close(() => resolve()) : resolve())),
  };
};
