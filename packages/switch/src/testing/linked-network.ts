import type { Clock } from '../sip/clock.ts';
import type {
  ConnectionProblem,
  Flow,
  TlsPeer,
  Transport,
  TransportHandlers,
  TransportProtocol,
} from '../sip/transport/flow.ts';
import { type PhoneMessage, printPhoneMessage, readPhoneMessage, value } from './phone-message.ts';

/** A network in memory: what is sent arrives one millisecond later by the test's clock, in order. */
export interface LinkedNetwork {
  openTransport(handlers: TransportHandlers): Promise<Transport>;
  peer(address: string, port?: number, protocol?: TransportProtocol): Peer;
  /** what becomes of TLS connections that the switch opens: nothing wrong unless a test says so */
  tlsProblem: ConnectionProblem | undefined;
  /** whom they were to prove to be at, oldest first */
  readonly tlsPeers: readonly TlsPeer[];
}

/** A phone or trunk of a test: says exactly what the test tells it to. */
export interface Peer {
  readonly address: string;
  readonly port: number;
  /** everything it got and was not asked for yet */
  readonly inbox: PhoneMessage[];
  /** takes the first message of this method or status out of the inbox; an error if there is none */
  take(what: string | number): PhoneMessage;
  send(message: string | Buffer): void;
  request(method: string, uri: string, headers: [string, string][], body?: string): void;
  /** answers a request with what RFC 3261 copies, plus these */
  respond(request: PhoneMessage, status: number, headers?: [string, string][], body?: string): void;
  /** closes its connection */
  disconnect(): void;
}

export const switchAddress = '127.0.0.1';
export const switchPort = 5060;

/** How often each datagram arrives, and when: once after a millisecond unless a test wants worse. */
export type Delivery = () => number[];

export function createLinkedNetwork(clock: Clock, delivery: Delivery = () => [1]): LinkedNetwork {
  const peers = new Map<string, { deliver(bytes: Buffer): void }>();
  const flows = new Map<string, Flow & { open: boolean }>();
  let handlers: TransportHandlers | undefined;
  const tlsPeers: TlsPeer[] = [];
  let branches = 0;

  function flowTo(protocol: TransportProtocol, address: string, port: number): Flow & { open: boolean } {
    const key = `${protocol} ${address}:${port}`;
    let flow = flows.get(key);
    if (flow === undefined || !flow.open) {
      flow = {
        protocol,
        reliable: protocol !== 'UDP',
        remoteAddress: address,
        remotePort: port,
        localAddress: switchAddress,
        localPort: switchPort,
        open: true,
        send(bytes) {
          for (const delay of delivery()) clock.after(delay, () => peers.get(key)?.deliver(bytes));
        },
      };
      flows.set(key, flow);
    }
    return flow;
  }

  function secureFlowTo(address: string, port: number, peer: TlsPeer): Flow {
    const known = flows.get(`TLS ${address}:${port}`);
    if (known?.open === true) return known;
    const flow = flowTo('TLS', address, port);
    tlsPeers.push(peer);
    clock.after(1, () => {
      if (made.tlsProblem === undefined) handlers?.secured?.(flow);
      else {
        flow.open = false;
        handlers?.closed(flow, made.tlsProblem);
      }
    });
    return flow;
  }

  const made: LinkedNetwork = {
    tlsProblem: undefined,
    tlsPeers,
    async openTransport(given) {
      handlers = given;
      return { flowTo, secureFlowTo, reaches: () => true, close: async () => {} };
    },
    peer(address, port = 5060, protocol = 'UDP') {
      const key = `${protocol} ${address}:${port}`;
      const inbox: PhoneMessage[] = [];
      peers.set(key, { deliver: bytes => void inbox.push(readPhoneMessage(bytes.toString())) });

      function send(message: string | Buffer): void {
        const bytes = typeof message === 'string' ? Buffer.from(message) : message;
        for (const delay of delivery()) {
          clock.after(delay, () => handlers?.received(bytes, flowTo(protocol, address, port)));
        }
      }

      return {
        address,
        port,
        inbox,
        send,
        take(what) {
          const index = inbox.findIndex(message =>
            typeof what === 'number'
              ? message.status === what
              : message.status === 0 && message.method === what,
          );
          const found = inbox[index];
          if (found === undefined) {
            throw new Error(
              `no ${what} among: ${inbox.map(message => message.start).join(', ') || 'nothing'}`,
            );
          }
          inbox.splice(index, 1);
          return found;
        },
        request(method, uri, headers, body = '') {
          const own = headers.some(([name]) => name === 'Via');
          const via: [string, string] = [
            'Via',
            `SIP/2.0/${protocol} ${address}:${port};branch=z9hG4bKp${++branches};rport`,
          ];
          send(printPhoneMessage(`${method} ${uri} SIP/2.0`, own ? headers : [via, ...headers], body));
        },
        respond(request, status, headers = [], body = '') {
          const own = new Map(headers);
          const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name): [string, string] => [
            name,
            own.get(name) ?? value(request, name.toLowerCase()),
          ]);
          const rest = headers.filter(([name]) => name !== 'To');
          send(printPhoneMessage(`SIP/2.0 ${status} X`, [...copied, ...rest], body));
        },
        disconnect() {
          const flow = flowTo(protocol, address, port);
          flow.open = false;
          handlers?.closed(flow);
        },
      };
    },
  };
  return made;
}
