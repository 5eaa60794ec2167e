import type { SiteState } from '@cordboard/core';
import type { CallManagerSetup } from '../configuration/configuration.ts';
import { createSoftphones, type LogonOfAgent, type Softphones } from './softphones.ts';

type Agents = SiteState['agents'];
type Agent = Agents extends ReadonlyMap<number, infer Each> ? Each : never;

export interface SoftphonesOfSite {
  key: Uint8Array;
  setup: CallManagerSetup;
  /** of the site's state; undefined while there is none */
  agents(): Agents | undefined;
  changed(): void;
}

/** The softphones of who is logged on at the site. */
export function softphonesOf({ key, setup, agents, changed }: SoftphonesOfSite): Softphones {
  const { webSocket } = setup.sip;
  const told = webSocket && (webSocket.url ?? addressOf(webSocket));
  return createSoftphones({
    key,
    realm: setup.realm,
    webSocket: () => told ?? null,
    logonOf: agentId => {
      const known = agents();
      return known && logonOf(agentId, known.get(agentId));
    },
    logons() {
      const known = agents();
      if (known === undefined) return null;
      return [...known].flatMap(([agentId, agent]) => logonOf(agentId, agent) ?? []);
    },
    changed,
  });
}

function logonOf(agentId: number, agent: Agent | undefined): LogonOfAgent | null {
  const presence = agent?.presence;
  if (presence === undefined || presence.type === 'loggedOff') return null;
  return { agentId, logon: presence.client.name, extension: presence.extension };
}

const addressOf = ({ host, port }: { host: string; port: number }): string =>
  `ws://${host.includes(':') ? `[${host}]` : host}:${port}`;
