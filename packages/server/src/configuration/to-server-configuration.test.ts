import { expect, test } from 'vitest';
import { checkSchema } from './check-schema.ts';
import { publishedSchema } from './published-schema.ts';
import type { ConfigurationFile } from './schema.ts';
import { digestHa1, type Secrets } from './secrets.ts';
import { toServerConfiguration } from './to-server-configuration.ts';

function convert(
  data: Record<string, unknown>,
  secrets: Secrets = { sites: {} },
  environment: Record<string, string> = {},
) {
  return toServerConfiguration(checked(data), {
    file: '/etc/cordboard/site.yaml',
    dataFolder: '/var/lib/cordboard',
    secrets,
    environment,
  });
}

function checked(data: Record<string, unknown>): ConfigurationFile {
  expect(checkSchema(publishedSchema(), data)).toEqual([]);
  return data as unknown as ConfigurationFile;
}

test('folders and files are named from where they belong', () => {
  const { value, findings } = convert({
    gateway: { listen: '[::1]:443', tls: { certificate: 'tls/cert.pem', key: '/keys/key.pem' } },
    sites: [{ id: 1, name: 'One', sip: { soundFolder: '../sounds', recordingFolder: 'rec' } }],
  });
  expect(findings).toEqual([]);
  expect(value).toMatchObject({
    gateway: { host: '::1', port: 443 },
    tls: { certificate: '/etc/cordboard/tls/cert.pem', key: '/keys/key.pem' },
    sites: [{ callManager: { soundFolder: '/etc/sounds', recordingFolder: '/var/lib/cordboard/rec' } }],
  });
});

test('WRT-02 browser phones are listened for where the site says so, and nowhere without', () => {
  const sipOf = (sip: object) =>
    convert({ sites: [{ id: 1, name: 'One', sip }] }).value.sites[0]?.callManager.sip;
  expect(sipOf({ listen: '127.0.0.1:5070' })).toEqual({ host: '127.0.0.1', port: 5070 });
  expect(sipOf({ webSocket: '[::1]:5066', webSocketOrigins: ['https://desk.example'] })).toEqual({
    host: '127.0.0.1',
    port: 5060,
    webSocket: { host: '::1', port: 5066, origins: ['https://desk.example'] },
  });
});

test('TRK-60 phones and trunks come over TLS where the site says so; a trunk is told whom to believe', () => {
  const { value } = toServerConfiguration(
    checked({
      sites: [
        {
          id: 1,
          name: 'One',
          sip: { tls: { certificate: 'tls/sip.pem', key: '/keys/sip.key' } },
          trunks: [
            {
              name: 'A',
              uri: 'sips:{number}@one.example',
              tls: { authorities: 'ca.pem', name: 'x.example' },
            },
            { name: 'B', uri: 'sip:{number}@two.example;transport=tls' },
          ],
        },
      ],
    }),
    {
      file: '/etc/cordboard/site.yaml',
      dataFolder: '/var/lib/cordboard',
      secrets: { sites: {} },
      environment: {},
      authorities: new Map([['/etc/cordboard/ca.pem', 'the authority']]),
    },
  );
  expect(value.sites[0]?.callManager.sip).toEqual({
    host: '127.0.0.1',
    port: 5060,
    tls: { host: '127.0.0.1', port: 5061, certificate: '/etc/cordboard/tls/sip.pem', key: '/keys/sip.key' },
  });
  expect(value.sites[0]?.callManager.trunks.map(({ tls }) => tls)).toEqual([
    { name: 'x.example', authorities: 'the authority' },
    undefined,
  ]);
});

test('calls to other numbers go to the trunks, or nowhere', () => {
  const outside = (trunks: object[]) =>
    convert({ sites: [{ id: 1, name: 'One', trunks }] }).value.sites[0]?.configuration.outsideUri;
  expect(outside([])).toBe('');
  expect(
    outside([
      { name: 'First', uri: 'sip:{number}@one.example' },
      { name: 'Second', uri: 'sip:{number}@two.example' },
    ]),
  ).toBe('sip:{number}@one.example');
});

test('CFG-15 a trunk has its password from the secrets file or the environment, and must have one with an account', () => {
  const trunks = [
    { name: 'Plain', uri: 'sip:{number}@192.0.2.1' },
    { name: 'File', uri: 'sip:{number}@one.example', account: { user: 'acme' } },
    {
      name: 'Variable',
      uri: 'sip:{number}@two.example;transport=tcp',
      proxy: 'proxy.example:5070',
      account: { user: 'acme', register: false, passwordFromEnvironment: 'TRUNK_PASSWORD' },
      mainNumber: '+46812345',
      numbers: [{ pattern: '^0(\\d+)$', replacement: '+46$1' }],
    },
  ];
  const data = { sites: [{ id: 1, name: 'One', trunks, emergencyNumbers: ['112', '911'] }] };
  const secrets = { sites: { '1': { users: {}, extensions: {}, trunks: { File: { password: 'f' } } } } };
  const { value, findings } = convert(structuredClone(data), secrets, { TRUNK_PASSWORD: 'v' });
  expect(findings).toEqual([]);
  const [site] = value.sites;
  expect(site?.callManager.outside).toEqual({ anonymousPrefix: '#31#', emergencyNumbers: ['112', '911'] });
  expect(
    site?.callManager.trunks.map(({ name, user, password, registerSeconds }) => [
      name,
      user,
      password,
      registerSeconds,
    ]),
  ).toEqual([
    ['Plain', '', '', 0],
    ['File', 'acme', 'f', 600],
    ['Variable', 'acme', 'v', 0],
  ]);
  expect(site?.callManager.trunks[2]).toMatchObject({ proxy: 'proxy.example:5070', keepAliveSeconds: 60 });
  expect(JSON.stringify(site?.configuration)).not.toContain('"v"');
  expect(
    convert(structuredClone(data)).findings.map(({ path, message }) => [path.join('.'), message]),
  ).toEqual([
    [
      'sites.0.trunks.1',
      'expected a password for File in the secrets file under trunks, or passwordFromEnvironment',
    ],
    ['sites.0.trunks.2', 'expected the variable TRUNK_PASSWORD in the environment'],
  ]);
});

test('each site has the secrets of its own id', () => {
  const site = (id: number) => ({ id, name: `Site ${id}`, extensions: [{ number: '1001' }] });
  const { value } = convert(
    { sites: [site(1), site(2)] },
    {
      sites: {
        '1': { users: {}, extensions: { '1001': { password: 'one' } } },
        '2': { users: {}, extensions: { '1001': { ha1: '0'.repeat(32) } } },
      },
    },
  );
  expect(value.sites.map(each => each.callManager.extensions[0]?.ha1)).toEqual([
    digestHa1('1001', 'cordboard', 'one'),
    '0'.repeat(32),
  ]);
});

test('a name that every object has is no secret', () => {
  const users = [{ id: 1, logonId: 'constructor', name: 'Mallory' }];
  const { findings } = convert({ sites: [{ id: 1, name: 'One', users }] });
  expect(findings).toEqual([expect.objectContaining({ path: ['sites', 0, 'users', 0] })]);
});

/** RFC 2617 §3.5 */
test('the HA1 is that of the standard’s example', () => {
  expect(digestHa1('Mufasa', 'testrealm@host.com', 'Circle Of Life')).toBe(
    '939e7578ed9e3c518a452acee763bce9',
  );
});
