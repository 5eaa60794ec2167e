import { type AddressInfo, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect, createServer, type Server } from 'node:tls';
import { type CertificateFiles, type CertificateNotice, watchCertificate } from './certificate-files.ts';
import { identifies } from './certificate-identity.ts';
import { type Connections, createConnections, maximumConnections } from './connections.ts';
import type { ConnectionProblem, Flow, TlsPeer, TransportHandlers } from './flow.ts';
import { listen } from './listen.ts';
import { connectTimeout } from './tcp.ts';

export interface TlsSettings extends CertificateFiles {
  host: string;
  port: number;
  /** milliseconds between looks at the files, whose change is taken over; 30 s */
  lookInterval?: number;
  noticed?(notice: CertificateNotice): void;
}

export interface TlsTransport {
  /** where phones come; the usual one where nobody listens, since Via and Contact need one */
  readonly port: number;
  flowTo(address: string, port: number, peer: TlsPeer): Flow;
  close(): Promise<void>;
}

/** RFC 3261 §19.1.2 */
const usualPort = 5_061;
/** A peer that has not said who it is by then has no key, or no wish. */
const handshakeTimeout = 8_000;
/** Of more handshakes at the same time the oldest is given up. */
const maximumHandshakes = 500;
/** Keeps address translators awake (RFC 5626 §3.5.1); whether the peer answers it is told by OPTIONS. */
const pingInterval = 30_000;
const ping = Buffer.from('\r\n\r\n');
const minVersion = 'TLSv1.2' as const;

/** SIP over TLS (RFC 3261 §26.3.1): to peers that prove who they are, and, with a certificate, for phones that come. */
export async function openTls(
  host: string,
  handlers: TransportHandlers,
  settings?: TlsSettings,
): Promise<TlsTransport> {
  if (settings === undefined) {
    const connections = createConnections('TLS', { address: host, port: usualPort }, handlers);
    return {
      port: usualPort,
      flowTo: opener(connections, host, handlers),
      close: async () => connections.close(),
    };
  }
  const watched = await watchCertificate(settings, settings.lookInterval ?? 30_000, {
    changed: context => server.setSecureContext({ ...context, minVersion }),
    noticed: notice => settings.noticed?.(notice),
  });
  const server = createServer({ ...watched.context, minVersion, handshakeTimeout });
  server.maxConnections = maximumConnections;
  boundHandshakes(server);
  try {
    await listen(server, settings.host, settings.port);
  } catch (error) {
    watched.close();
    throw error;
  }
  const bound = server.address() as AddressInfo;
  const connections = createConnections('TLS', bound, handlers);
  server.on('secureConnection', socket => connections.accept(socket));
  server.on('tlsClientError', () => handlers.dropped('malformed'));
  return {
    port: bound.port,
    flowTo: opener(connections, settings.host, handlers),
    close() {
      watched.close();
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      connections.close();
      server.emit('ending');
      return closed;
    },
  };
}

function boundHandshakes(server: Server): void {
  const shaking = new Map<string, Socket>();
  const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress}|${remotePort}`;
  server.on('connection', socket => {
    const key = keyOf(socket);
    const [oldest] = shaking.values();
    if (shaking.size >= maximumHandshakes) oldest?.destroy();
    shaking.set(key, socket);
    socket.once('close', () => shaking.delete(key));
  });
  server.on('secureConnection', socket => shaking.delete(keyOf(socket)));
  server.on('ending', () => {
    for (const socket of shaking.values()) socket.destroy();
  });
}

function opener(connections: Connections, localAddress: string, handlers: TransportHandlers) {
  return (address: string, port: number, peer: TlsPeer): Flow => {
    const key = `${address}|${port}|${peer.name}|${peer.authorities ?? ''}`;
    const known = connections.find(key);
    if (known !== undefined) return known;
    let problem: ConnectionProblem | undefined = 'handshakeFailed';
    const wanted: ConnectionOptions & { localAddress: string } = {
      host: address,
      port,
      localAddress,
      minVersion,
      // RFC 6066 §3: neither addresses nor wildcards are names of servers.
      ...(isIP(peer.name) === 0 && !peer.name.startsWith('*.') ? { servername: peer.name } : {}),
      ...(peer.authorities === undefined ? {} : { ca: peer.authorities }),
      checkServerIdentity: (_host, { subjectaltname }) =>
        identifies(subjectaltname ?? '', peer.name) ? undefined : new WrongNameError(peer.name),
    };
    const socket = connect(wanted);
    const patience = setTimeout(() => {
      problem = 'timeout';
      socket.destroy();
    }, connectTimeout);
    const pinger = setInterval(() => socket.write(ping), pingInterval);
    const flow = connections.open(key, socket, { address, port }, () => problem);
    socket.once('error', error => {
      problem &&= problemOf(error);
    });
    socket.once('secureConnect', () => {
      clearTimeout(patience);
      problem = undefined;
      handlers.secured?.(flow);
    });
    socket.once('close', () => {
      clearTimeout(patience);
      clearInterval(pinger);
    });
    return flow;
  };
}

class WrongNameError extends Error {
  override readonly name = 'WrongNameError';
  constructor(name: string) {
    super(`the certificate is not one of ${name}`);
  }
}

function problemOf(error: Error & { code?: string }): ConnectionProblem {
  if (error instanceof WrongNameError) return 'wrongName';
  const code = error.code ?? '';
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'expired';
  if (/^(E(CONNREFUSED|HOSTUNREACH|NETUNREACH|HOSTDOWN|ADDRNOTAVAIL|TIMEDOUT|INVAL))$/.test(code))
    return 'refused';
  if (/CERT|SIGNATURE|ISSUER|CRL|CA$/.test(code) && !/^ERR_SSL/.test(code)) return 'untrusted';
  return 'handshakeFailed';
}
