import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../testing/eventually.ts';
import type { Flow } from './flow.ts';
import { openWebSocket, type WebSocketSettings, type WebSocketTransport } from './web-socket.ts';

const options = 'OPTIONS sip:x SIP/2.0\r\n\r\n';

describe('SIP over WebSocket', () => {
  let transport: WebSocketTransport;
  let received: string[];
  let flows: Flow[];
  let closed: Flow[];
  let dropped: string[];
  const sockets: WebSocket[] = [];

  async function open(settings: Partial<WebSocketSettings> = {}): Promise<void> {
    // The connections of an earlier test may close during this one.
    const own = {
      received: [] as string[],
      flows: [] as Flow[],
      closed: [] as Flow[],
      dropped: [] as string[],
    };
    ({ received, flows, closed, dropped } = own);
    transport = await openWebSocket(
      { host: '127.0.0.1', port: 0, origins: [], ...settings },
      {
        received(bytes, flow) {
          own.received.push(bytes.toString());
          own.flows.push(flow);
        },
        closed: flow => void own.closed.push(flow),
        dropped: why => void own.dropped.push(why),
      },
    );
  }

  function connect(protocols: string | string[] = 'sip', origin?: string, autoPong = true): WebSocket {
    const socket = new WebSocket(`ws://127.0.0.1:${transport.port}`, protocols, {
      autoPong,
      ...(origin === undefined ? {} : { origin }),
    });
    socket.on('error', () => {});
    sockets.push(socket);
    return socket;
  }

  async function opened(socket: WebSocket): Promise<WebSocket> {
    await eventually(() => expect(socket.readyState).toBe(socket.OPEN));
    return socket;
  }

  const refusedWith = (socket: WebSocket): Promise<number | undefined> =>
    new Promise(resolve =>
      socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode)),
    );

  beforeEach(() => open());
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await transport.close();
  });

  test('WRT-01 a frame is a message, text or binary, and goes back on its connection as text', async () => {
    const socket = await opened(connect(['sip', 'xmpp']));
    const heard: [string, boolean][] = [];
    socket.on('message', (data, binary) => heard.push([String(data), binary]));
    socket.send(options);
    socket.send(Buffer.from(options));
    await eventually(() => expect(received).toEqual([options, options]));
    expect(flows[0]).toBe(flows[1]);
    expect(flows[0]).toMatchObject({ protocol: 'WS', reliable: true, localPort: transport.port, open: true });
    flows[0]?.send(Buffer.from('SIP/2.0 200 Ü\r\n\r\n'));
    await eventually(() => expect(heard).toEqual([['SIP/2.0 200 Ü\r\n\r\n', false]]));
  });

  test('WRT-01 who does not ask for the subprotocol sip is refused', async () => {
    expect(await refusedWith(connect('chat'))).toBe(400);
    expect(await refusedWith(connect([]))).toBe(400);
  });

  test('WRT-02 a page of a foreign origin is refused, and one of this machine is not', async () => {
    expect(await refusedWith(connect('sip', 'https://example.com'))).toBe(403);
    await opened(connect('sip', 'http://localhost:5173'));
  });

  test('WRT-03 a frame that is too large closes its connection, is counted, and disturbs no other', async () => {
    const other = await opened(connect());
    const socket = await opened(connect());
    socket.send('x'.repeat(65_536));
    await eventually(() => expect(dropped).toEqual(['tooLarge']));
    await eventually(() => expect(closed).toHaveLength(1));
    other.send(options);
    await eventually(() => expect(received).toEqual([options]));
  });

  test('WRT-03 what is no WebSocket frame closes its connection and is counted', async () => {
    const socket = await opened(connect());
    const raw: unknown = Reflect.get(socket, '_socket');
    if (raw === null || typeof raw !== 'object' || !('write' in raw) || typeof raw.write !== 'function') {
      throw new Error('no socket');
    }
    raw.write(Buffer.alloc(64, 0xff));
    await eventually(() => expect(dropped).toEqual(['malformed']));
    await eventually(() => expect(closed).toHaveLength(1));
  });

  test('WRT-03 a plain HTTP request is told to upgrade', async () => {
    expect((await fetch(`http://127.0.0.1:${transport.port}/`)).status).toBe(426);
  });

  test('WRT-04 two line ends are answered with one and are no message', async () => {
    const socket = await opened(connect());
    const heard: string[] = [];
    socket.on('message', data => heard.push(String(data)));
    socket.send('\r\n\r\n');
    await eventually(() => expect(heard).toEqual(['\r\n']));
    expect(received).toEqual([]);
  });

  test('WRT-04 a browser that answers no ping is disconnected, one that does is kept', async () => {
    await transport.close();
    await open({ pingInterval: 30 });
    const dead = await opened(connect('sip', undefined, false));
    const alive = await opened(connect());
    await eventually(() => expect(dead.readyState).toBe(dead.CLOSED));
    alive.send(options);
    await eventually(() => expect(received).toEqual([options]));
  });

  test('WRT-04 a connection that closes is told once and takes nothing more', async () => {
    const socket = await opened(connect());
    socket.send(options);
    await eventually(() => expect(flows).toHaveLength(1));
    socket.close();
    await eventually(() => expect(closed).toHaveLength(1));
    expect(closed[0]).toBe(flows[0]);
    expect(flows[0]?.open).toBe(false);
    flows[0]?.send(Buffer.from('late'));
  });
});
