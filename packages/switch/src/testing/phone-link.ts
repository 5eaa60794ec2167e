import { createSocket } from 'node:dgram';
import { createConnection } from 'node:net';
import { WebSocket } from 'ws';

/** How the test phone sends and gets SIP. */
export interface PhoneLink {
  readonly port: number;
  readonly protocol: 'UDP' | 'TCP' | 'WS';
  send(text: string): void;
  /** as a phone whose network breaks */
  close(): void;
}

export async function openUdpLink(
  local: { address: string; port: number },
  server: { address: string; port: number },
  received: (text: string) => void,
): Promise<PhoneLink> {
  const socket = createSocket('udp4');
  socket.on('message', bytes => received(bytes.toString()));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(local.port, local.address, resolve);
  });
  socket.on('error', () => {});
  let open = true;
  return {
    port: socket.address().port,
    protocol: 'UDP',
    send(text) {
      if (open) socket.send(text, server.port, server.address, () => {});
    },
    close() {
      if (open) socket.close();
      open = false;
    },
  };
}

export async function openTcpLink(
  server: { address: string; port: number },
  received: (text: string) => void,
): Promise<PhoneLink> {
  const socket = createConnection({ host: server.address, port: server.port });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', resolve);
  });
  socket.on('error', () => {});
  let kept = '';
  socket.on('data', bytes => {
    kept += bytes.toString('latin1');
    for (;;) {
      const end = kept.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\n(?:content-length|l)\s*:\s*(\d+)/i.exec(kept.slice(0, end))?.[1] ?? 0);
      if (kept.length < end + 4 + length) return;
      const text = kept.slice(0, end + 4 + length);
      kept = kept.slice(end + 4 + length);
      received(Buffer.from(text, 'latin1').toString());
    }
  });
  return {
    port: socket.localPort ?? 0,
    protocol: 'TCP',
    send: text => void socket.write(text),
    close: () => void socket.destroy(),
  };
}

/** As a browser does (RFC 7118). */
export async function openWebSocketLink(
  server: { address: string; port: number },
  received: (text: string) => void,
): Promise<PhoneLink> {
  const socket = new WebSocket(`ws://${server.address}:${server.port}`, 'sip');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', resolve);
  });
  socket.on('error', () => {});
  socket.on('message', data => {
    if (Buffer.isBuffer(data)) received(data.toString());
  });
  return { port: 9, protocol: 'WS', send: text => socket.send(text), close: () => socket.terminate() };
}
