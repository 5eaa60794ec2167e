import {
  type Answer,
  type AttachResult,
  createPeer,
  type ICall,
  type LogonGrant,
  type Peer,
  type StreamItemMessage,
  systemClock,
  webSocketTransport,
} from '@cordboard/contract';
import { WebSocket } from 'ws';

/** The server's view of an Agent application: it logs on, attaches, resumes by itself after a break, and remembers all it heard. */
export interface AgentApplication {
  /** every item, in order */
  readonly items: readonly StreamItemMessage[];
  /** how each attach went */
  readonly attaches: readonly AttachResult[];
  calls(): ICall[];
  request(method: string, parameters?: object): Promise<Answer>;
  close(): void;
}

export async function openApplication(
  url: string,
  credentials: { logonId: string; password: string },
): Promise<AgentApplication> {
  const response = await fetch(`${url}/logon`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (response.status !== 200) throw new Error(`the logon was refused: ${await response.text()}`);
  let { token } = (await response.json()) as LogonGrant;
  const items: StreamItemMessage[] = [];
  const attaches: AttachResult[] = [];
  let peer: Peer | null = null;
  let position: { stream: string; after: number } | null = null;
  let closed = false;
  let snapshot: ICall[] = [];

  async function connect(): Promise<void> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/broker`);
    const next = createPeer({
      transport: webSocketTransport(socket),
      clock: systemClock,
      route: () => undefined,
      onNotification(method, parameters) {
        if (method !== 'item') return;
        const item = parameters as StreamItemMessage;
        items.push(item);
        if (position) position.after = item.seq;
      },
      onClose: () => {
        peer = null;
        if (!closed) setTimeout(() => void connect().catch(() => undefined), 100);
      },
    });
    const answer = await next.request('attach', {
      token,
      client: 'test',
      ...(position && { resume: position }),
    });
    if (!answer.ok) {
      // tried again as after any other break
      next.close('refused');
      throw new Error(`attach was refused: ${answer.refusal.reason}`);
    }
    const attached = answer.value as AttachResult;
    token = attached.token;
    attaches.push(attached);
    if (attached.snapshot) {
      position = { stream: attached.stream, after: attached.seq };
      snapshot = attached.snapshot.calls;
    }
    peer = next;
  }

  await connect();
  return {
    items,
    attaches,
    calls() {
      const calls = new Map(snapshot.map(each => [each.ID, each]));
      for (const { event, values } of items) {
        if (event === 'OnCallEvent') calls.set((values[0] as ICall).ID, values[0] as ICall);
      }
      return [...calls.values()];
    },
    async request(method, parameters = {}) {
      if (peer === null) throw new Error('not connected');
      return peer.request(method, parameters, { id: crypto.randomUUID() });
    },
    close() {
      closed = true;
      peer?.close();
    },
  };
}
