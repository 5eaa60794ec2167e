import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isInstalled } from '../../testing/baresip.ts';
import { createTestAuthority, type TestAuthority, type TestCertificate } from '../../testing/certificates.ts';
import type { CertificateNotice } from './certificate-files.ts';
import type { ConnectionProblem, Flow } from './flow.ts';
import { openTls, type TlsSettings } from './tls.ts';

const options = 'OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n';
/** However it ends. */
const ended = (socket: Socket) => new Promise(resolve => socket.once('close', resolve));

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe.skipIf(!isInstalled('openssl'))('SIP over TLS', () => {
  let folder: string;
  let authority: TestAuthority;
  let own: TestCertificate;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-'));
    authority = await createTestAuthority(folder);
    own = await authority.issue('switch', 'DNS:switch.example, IP:127.0.0.1');
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  /** The switch's side: with a listener where there are settings. */
  async function opened(settings?: Partial<TlsSettings>) {
    const messages: { text: string; flow: Flow }[] = [];
    const closed: { flow: Flow; problem: ConnectionProblem | undefined }[] = [];
    const secured: Flow[] = [];
    const notices: CertificateNotice[] = [];
    let dropped = 0;
    const transport = await openTls(
      '127.0.0.1',
      {
        received: (bytes, flow) => void messages.push({ text: bytes.toString(), flow }),
        closed: (flow, problem) => void closed.push({ flow, problem }),
        secured: flow => void secured.push(flow),
        dropped: () => void dropped++,
      },
      settings && {
        host: '127.0.0.1',
        port: 0,
        certificate: own.certificate,
        key: own.key,
        noticed: notice => void notices.push(notice),
        ...settings,
      },
    );
    cleanups.push(() => transport.close());
    return { transport, messages, closed, secured, notices, dropped: () => dropped };
  }

  /** Somebody's TLS server; its port, and what came to it. */
  async function peerWith(certificate: TestCertificate, more: object = {}) {
    const sockets: TLSSocket[] = [];
    let got = '';
    const server = createTlsServer({
      cert: certificate.pem,
      key: await readFile(certificate.key),
      ...more,
    });
    server.on('secureConnection', socket => {
      sockets.push(socket);
      socket.on('data', bytes => {
        got += bytes;
      });
      socket.on('error', () => {});
    });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanups.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, sockets, got: () => got };
  }

  const phone = (port: number, more: object = {}) => {
    const socket = connect({ host: '127.0.0.1', port, ca: authority.pem, ...more });
    socket.on('error', () => {});
    cleanups.push(() => socket.destroy());
    return socket;
  };

  test('SIP-80 a phone that comes over TLS is heard, and answered on its connection', async () => {
    const { transport, messages } = await opened({});
    const socket = phone(transport.port);
    socket.write(options);
    await expect.poll(() => messages.length).toBe(1);
    expect(messages[0]?.flow).toMatchObject({ protocol: 'TLS', reliable: true, localPort: transport.port });
    const answer = once(socket, 'data');
    messages[0]?.flow.send(Buffer.from('SIP/2.0 200 OK\r\n\r\n'));
    expect(String((await answer)[0])).toBe('SIP/2.0 200 OK\r\n\r\n');
    const pong = once(socket, 'data');
    socket.write('\r\n\r\n');
    expect(String((await pong)[0])).toBe('\r\n');
  });

  test('SIP-80 nothing below TLS 1.2 is spoken', async () => {
    const { transport, dropped } = await opened({});
    const socket = phone(transport.port, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await ended(socket);
    await expect.poll(dropped).toBe(1);
  });

  test('SIP-81 a peer that proves the name is spoken with, on one connection both ways', async () => {
    const peer = await peerWith(await authority.issue('operator', 'DNS:operator.example'));
    const { transport, secured, messages } = await opened();
    const who = { name: 'operator.example', authorities: authority.pem };
    const flow = transport.flowTo('127.0.0.1', peer.port, who);
    expect(transport.flowTo('127.0.0.1', peer.port, { ...who })).toBe(flow);
    flow.send(Buffer.from(options));
    await expect.poll(peer.got).toBe(options);
    expect(secured).toEqual([flow]);
    peer.sockets[0]?.write(options);
    await expect.poll(() => messages.map(message => message.flow)).toEqual([flow]);
    // a connection that was proved for one name serves no other
    expect(transport.flowTo('127.0.0.1', peer.port, { ...who, name: 'other.example' })).not.toBe(flow);
  });

  test.each<[ConnectionProblem, string, string, boolean]>([
    ['wrongName', 'DNS:operator.example', 'other.example', true],
    ['wrongName', 'DNS:*.operator.example', 'sip.operator.example', true],
    ['untrusted', 'DNS:operator.example', 'operator.example', false],
  ])('SIP-81 a peer is told nothing: %s', async (problem, subjectAltName, name, trusted) => {
    const peer = await peerWith(await authority.issue('peer', subjectAltName));
    const { transport, closed, secured } = await opened();
    const flow = transport.flowTo('127.0.0.1', peer.port, {
      name,
      ...(trusted && { authorities: authority.pem }),
    });
    flow.send(Buffer.from(options));
    await expect.poll(() => closed).toEqual([{ flow, problem }]);
    expect(flow.open).toBe(false);
    expect(secured).toEqual([]);
    expect(peer.got()).toBe('');
  });

  test('SIP-81 a certificate that is over is not taken', async () => {
    const peer = await peerWith(await authority.issue('old', 'DNS:operator.example', -1));
    const { transport, closed } = await opened();
    transport.flowTo('127.0.0.1', peer.port, { name: 'operator.example', authorities: authority.pem });
    await expect.poll(() => closed.map(({ problem }) => problem)).toEqual(['expired']);
  });

  test('SIP-82 who is not there, and who speaks no TLS, is told apart', async () => {
    const plain = createServer(socket =>
      socket
        .on('error', () => {})
        .end('SIP/2.0 400 Bad\r\n\r\n')
        .resume(),
    );
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const address = plain.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { transport, closed } = await opened();
    const who = { name: 'operator.example' };
    transport.flowTo('127.0.0.1', port, who);
    await expect.poll(() => closed.map(({ problem }) => problem)).toEqual(['handshakeFailed']);
    await new Promise(resolve => plain.close(resolve));
    transport.flowTo('127.0.0.1', port, who);
    await expect.poll(() => closed.at(-1)?.problem).toBe('refused');
  });

  test('SIP-83 a renewed certificate is taken over while connections stay; a broken one is not', async () => {
    const live = { certificate: join(folder, 'live.pem'), key: join(folder, 'live.key') };
    await copyFile(own.certificate, live.certificate);
    await copyFile(own.key, live.key);
    const { transport, notices, messages } = await opened({ ...live, lookInterval: 20 });
    const before = phone(transport.port);
    await once(before, 'secureConnect');
    await writeFile(live.certificate, 'no certificate');
    await expect.poll(() => notices.at(-1)?.type).toBe('unusable');
    const still = phone(transport.port);
    await once(still, 'secureConnect');
    expect(still.getPeerX509Certificate()?.subjectAltName).toContain('switch.example');
    const next = await authority.issue('next', 'DNS:next.example');
    await copyFile(next.key, live.key);
    await copyFile(next.certificate, live.certificate);
    await expect.poll(() => notices.at(-1)?.type).toBe('renewed');
    const after = phone(transport.port, { servername: 'next.example' });
    await once(after, 'secureConnect');
    expect(after.getPeerX509Certificate()?.subjectAltName).toBe('DNS:next.example');
    before.write(options);
    await expect.poll(() => messages.length).toBe(1);
    expect(JSON.stringify(notices)).not.toContain('PRIVATE');
  });

  test('SIP-83 a key that is not that of the certificate does not open', async () => {
    const other = await authority.issue('other', 'DNS:other.example');
    await expect(opened({ key: other.key })).rejects.toThrow(/key values mismatch/);
    await expect(opened({ key: join(folder, 'nothing') })).rejects.toThrow(/ENOENT/);
  });

  test('SIP-84 garbage, halves of handshakes and silence keep no phone out, and are ended', async () => {
    const { transport, dropped, messages } = await opened({});
    const raw: Socket[] = [];
    const plain = (text?: string | Buffer) => {
      const socket = createConnection(transport.port, '127.0.0.1');
      socket.on('error', () => {});
      if (text !== undefined) socket.write(text);
      socket.resume();
      raw.push(socket);
      return socket;
    };
    cleanups.push(() => {
      for (const socket of raw) socket.destroy();
    });
    const garbage = plain('REGISTER sip:a SIP/2.0\r\n\r\n');
    await ended(garbage);
    const random = plain(Buffer.alloc(2_000, 0xa5));
    await ended(random);
    await expect.poll(dropped).toBeGreaterThanOrEqual(2);
    // the beginning of a ClientHello and no more, more often than handshakes are kept
    const first = plain(Buffer.from([22, 3, 1, 2, 0, 1]));
    const gone = ended(first);
    for (let i = 0; i < 550; i++) plain(Buffer.from([22, 3, 1, 2, 0, 1]));
    await gone;
    const socket = phone(transport.port);
    socket.write(options);
    await expect.poll(() => messages.length).toBe(1);
    // over TLS what is no SIP ends the connection, as it does over TCP
    const wild = phone(transport.port);
    wild.write('x'.repeat(70_000));
    await ended(wild);
    expect(messages).toHaveLength(1);
  }, 30_000);
});
