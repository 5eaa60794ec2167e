import type { ConnectedPage, Workspace } from '@cordboard/contract';
import type { StreamEntry } from '../host/client-stream.ts';
import type { PageConnection } from './page-connection.ts';

/** The pages that are connected, and the origins that the user will not have any more. */
export interface ConnectedPages {
  add(page: PageConnection, connectedAt: string): void;
  delete(page: PageConnection): void;
  send(entry: StreamEntry): void;
  isRevoked(origin: string): boolean;
  list(nameOf: (tab: string) => string): ConnectedPage[];
  /** False: there is no such page. */
  revoke(number: number): boolean;
  /** Rights are others: pages whose rights are not the same are cut off, and come again with those of now. */
  hold(workspace: Workspace): void;
  closeAll(detail: string): void;
}

export const createConnectedPages = (): ConnectedPages => {
  const pages = new Map<PageConnection, string>();
  const revoked = new Set<string>();
  return {
    add(page, connectedAt) {
      pages.set(page, connectedAt);
    },
    delete: page => void pages.delete(page),
    send(entry) {
      for (const page of pages.keys()) page.send(entry);
    },
    isRevoked: origin => revoked.has(origin),
    list: nameOf =>
      [...pages]
        .filter(([page]) => page.initialized)
        .map(([{ number, origin, tab, rights }, connectedAt]) => ({
          number,
          origin,
          tab: nameOf(tab),
          connectedAt,
          rights,
        })),
    revoke(number) {
      const found = [...pages.keys()].find(each => each.number === number);
      if (!found) return false;
      revoked.add(found.origin);
      for (const page of [...pages.keys()])
        if (page.origin === found.origin) page.close('revoked by the user');
      return true;
    },
    hold(workspace) {
      for (const page of [...pages.keys()]) {
        const now = workspace.pages.find(each => each.origin === page.origin);
        if (JSON.stringify(now) !== JSON.stringify(page.rights)) page.close('its rights are others now');
      }
    },
    closeAll(detail) {
      for (const page of [...pages.keys()]) page.close(detail);
    },
  };
};
