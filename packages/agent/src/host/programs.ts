import type { ConnectedProgram } from '@cordboard/contract';
import type { ClientConnection } from './client-connection.ts';

/** The clients that are initialized, and so get events; and those that the user will not have any more. */
export interface Programs extends Iterable<ClientConnection> {
  readonly size: number;
  isRevoked(clientId: string): boolean;
  /** One connection a client: the old one of a client that comes back is dead, whatever the system says. */
  add(connection: ClientConnection, connectedAt: string): void;
  delete(connection: ClientConnection): void;
  list(): ConnectedProgram[];
  /** False: there is no such program. */
  revoke(number: number): boolean;
}

/** Programs that come and go: nobody revokes so many in one run, and if he does the oldest may come again. */
const revokedKept = 1_000;

export const createPrograms = (): Programs => {
  const connected = new Map<ClientConnection, string>();
  const revoked = new Set<string>();
  return {
    [Symbol.iterator]: () => connected.keys(),
    get size() {
      return connected.size;
    },
    isRevoked: clientId => revoked.has(clientId),
    add(connection, connectedAt) {
      for (const each of connected.keys())
        if (each !== connection && each.clientId === connection.clientId) each.close('its client is back');
      connected.set(connection, connectedAt);
    },
    delete: connection => void connected.delete(connection),
    list: () =>
      [...connected]
        .filter(([each]) => each.kind === 'program')
        .map(([{ number, name }, connectedAt]) => ({ number, name, connectedAt })),
    revoke(number) {
      const found = [...connected.keys()].find(each => each.kind === 'program' && each.number === number);
      if (!found) return false;
      if (found.clientId !== null) revoked.add(found.clientId);
      const [oldest] = revoked;
      if (revoked.size > revokedKept && oldest !== undefined) revoked.delete(oldest);
      found.close('revoked by the user');
      return true;
    },
  };
};
