import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  brokerMethods,
  createPeer,
  type LogonGrant,
  systemClock,
  webSocketTransport,
} from '@cordboard/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { anna, type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

/** Node can use certificates and cannot make them. */
const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // not installed here
  }
};

const makeCertificate = () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cordboard-tls-'));
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...[
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        key,
        '-out',
        certificate,
      ],
    ],
    { stdio: 'ignore' },
  );
  const made = { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
};

describe.skipIf(!hasOpenssl())('the gateway with a certificate (needs openssl)', () => {
  let bench: GatewayBench;
  let tls: { key: string; certificate: string };
  beforeAll(async () => {
    tls = makeCertificate();
    bench = await openGatewayBench({ tls });
  });
  afterAll(() => bench.close());

  const post = (body: string, options: object = { ca: tls.certificate }) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
      (resolve, reject) => {
        const asked = request(
          {
            ...{ host: 'localhost', port: bench.gateway.address.port, path: '/logon', method: 'POST' },
            ...{ family: 4, headers: { 'content-type': 'application/json' }, ...options },
          },
          response => {
            let text = '';
            response.on('data', piece => {
              text += String(piece);
            });
            response.on('end', () =>
              resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
            );
          },
        );
        asked.on('error', reject);
        asked.end(body);
      },
    );

  test('GAT-30 with a certificate, logon and broker are HTTPS and WSS, and browsers are told to stay there', async () => {
    const answer = await post(JSON.stringify(anna));
    expect(answer.status).toBe(200);
    expect(answer.headers['strict-transport-security']).toContain('max-age=');
    const grant = JSON.parse(answer.text) as LogonGrant;
    const socket = new WebSocket(`wss://localhost:${bench.gateway.address.port}/broker`, {
      ...{ ca: tls.certificate, family: 4 },
    });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const peer = createPeer({
      ...{ transport: webSocketTransport(socket), clock: systemClock, route: () => undefined },
    });
    const attached = await peer.request(brokerMethods.attach, { token: grant.token, client: 'test' });
    expect(attached.ok).toBe(true);
    peer.close('done');
  });

  test('GAT-30 whoever does not trust the certificate gets no connection, and plain HTTP is not spoken', async () => {
    await expect(post(JSON.stringify(anna), {})).rejects.toThrow(/self.signed/);
    await expect(
      post(JSON.stringify(anna), { ca: tls.certificate, maxVersion: 'TLSv1.1' }),
    ).rejects.toThrow();
    await expect(fetch(`${bench.url}/logon`, { method: 'POST' })).rejects.toThrow();
  });
});
