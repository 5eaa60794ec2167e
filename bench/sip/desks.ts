import {
  brokerMethods,
  createPeer,
  type LogonGrant,
  type Peer,
  systemClock,
  type WebSocketLike,
  webSocketTransport,
} from '@cordboard/contract';
import { WebSocket } from 'ws';
import { type MeasuredSite, password } from './site.ts';

const opened = (socket: WebSocket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });

export const logOn = async (url: URL, logonId: string): Promise<LogonGrant> => {
  const response = await fetch(new URL('/logon', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ logonId, password }),
  });
  if (!response.ok) throw new Error(`logon of ${logonId}: ${response.status} ${await response.text()}`);
  return (await response.json()) as LogonGrant;
};

/** An Agent application's connection to the broker. */
export const attach = async (
  site: MeasuredSite,
  grant: LogonGrant,
  onNotification?: (method: string, parameters: unknown) => void,
): Promise<Peer> => {
  const url = new URL(grant.broker, site.url);
  url.protocol = 'ws:';
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await opened(socket);
  const peer = createPeer({
    transport: webSocketTransport(socket as unknown as WebSocketLike),
    clock: systemClock,
    ...(onNotification && { onNotification }),
    route: name =>
      name === brokerMethods.ping ? { check: () => null, run: () => ({ ok: true, value: null }) } : undefined,
  });
  const attached = await peer.request(brokerMethods.attach, {
    token: grant.token,
    client: `bench ${grant.agentId}`,
  });
  if (!attached.ok) throw new Error(`attach: ${attached.refusal.reason}`);
  return peer;
};

/** Logs every agent of a site on and makes him Ready, as his Agent application would. */
export const staffDesks = async (site: MeasuredSite): Promise<{ close(): void }> => {
  const peers: Peer[] = [];
  for (const { logonId } of site.agents) {
    const peer = await attach(site, await logOn(site.url, logonId));
    const ready = await peer.request('setReadyStatus', { status: true }, { id: `ready ${logonId}` });
    if (!ready.ok) throw new Error(`${logonId} is not Ready: ${ready.refusal.reason}`);
    peers.push(peer);
  }
  const beat = setInterval(() => {
    for (const peer of peers) peer.notify(brokerMethods.ping, {});
  }, 5_000);
  return {
    close() {
      clearInterval(beat);
      for (const peer of peers) peer.close();
    },
  };
};
