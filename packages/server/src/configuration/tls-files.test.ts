import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfiguration } from './load-configuration.ts';
import { formatProblem } from './problem.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-tls-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const file = path.join(folder, 'site.yaml');
  await writeFile(
    file,
    [
      'sites:',
      '  - id: 1',
      '    name: One',
      '    sip: { tls: { certificate: own.pem, key: own.key } }',
      '    trunks:',
      "      - { name: A, uri: 'sips:{number}@one.example', tls: { authorities: ca.pem } }",
      '',
    ].join('\n'),
  );
  return loadConfiguration({ file, environment: {}, log: () => {} });
}

const [authority = ''] = rootCertificates;

test('SIP-80 TLS with a certificate, its key and the authorities of a trunk is configured', async () => {
  const result = await load({ 'own.pem': 'x', 'own.key': 'y', 'ca.pem': authority });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  const [site] = result.configuration.sites;
  expect(site?.callManager.sip.tls).toMatchObject({ host: '127.0.0.1', port: 5061 });
  expect(site?.callManager.trunks[0]?.tls).toEqual({ authorities: authority });
});

test.each([
  ['that is missing', {}, /expected a file of certificates \(PEM\): ENOENT/],
  ['without a certificate', { 'ca.pem': 'nothing' }, /there is none in it/],
  [
    'with a broken one',
    { 'ca.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    /expected a file of certificates/,
  ],
  ['with a key', { 'ca.pem': `${authority}\n-----BEGIN PRIVATE KEY-----` }, /a private key is in it/],
  ['without end', { 'ca.pem': 'x'.repeat(64_001) }, /longer than 64000/],
])('a file of authorities %s is said with its line', async (_what, files, message) => {
  const result = await load({ 'own.pem': 'x', 'own.key': 'y', ...files });
  if (result.ok) throw new Error('it was taken');
  expect(result.problems).toHaveLength(1);
  expect(result.problems[0]).toMatchObject({
    line: 6,
    path: 'sites[0].trunks[0].tls.authorities',
    message: expect.stringMatching(message),
  });
});

test('a certificate or key that cannot be read is said', async () => {
  const result = await load({ 'ca.pem': authority });
  if (result.ok) throw new Error('it was taken');
  expect(result.problems.map(each => each.path)).toEqual([
    'sites[0].sip.tls.certificate',
    'sites[0].sip.tls.key',
  ]);
});
