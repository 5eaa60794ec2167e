import type { Clock, KeptPreferences, Route, Transport } from '@cordboard/contract';
import type { AgentLog } from '../../log/agent-log.ts';
import { createDeskConnection, type DeskConnection, type DeskServices } from './desk-connection.ts';

/** The windows that are open, each told of the application's state whenever it is another. */
export interface Desks {
  welcome(transport: Transport, gone: () => void): void;
  tellStatus(): void;
  tellTabs(): void;
  tellPreferences(preferences: KeptPreferences): void;
  close(detail: string): void;
}

export const createDesks = (
  clock: Clock,
  log: AgentLog,
  extensions: ReadonlyMap<string, Route>,
  services: DeskServices,
): Desks => {
  const open = new Set<DeskConnection>();
  let told = '';
  return {
    welcome(transport, gone) {
      const connection = createDeskConnection({
        transport,
        clock,
        log,
        extensions,
        services,
        onClose(ended) {
          open.delete(ended);
          gone();
        },
      });
      open.add(connection);
    },
    tellStatus() {
      const status = services.status();
      const text = JSON.stringify(status);
      if (text === told) return;
      told = text;
      for (const connection of open) connection.tellStatus(status);
    },
    tellTabs() {
      const tabs = services.tabs.state();
      for (const connection of open) connection.tellTabs(tabs);
    },
    tellPreferences(preferences) {
      for (const connection of open) connection.tellPreferences(preferences);
    },
    close(detail) {
      for (const connection of open) connection.close(detail);
    },
  };
};
