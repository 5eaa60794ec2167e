import { expect, test } from 'vitest';
import { checkSchema } from './check-schema.ts';
import { publishedSchema } from './published-schema.ts';
import type { ConfigurationFile } from './schema.ts';
import { digestHa1, type Secrets } from './secrets.ts';
import { toServerConfiguration } from './to-server-configuration.ts';

function convert(data: Record<string, unknown>, secrets: Secrets = { sites: {} }) {
  expect(checkSchema(publishedSchema(), data)).toEqual([]);
  return toServerConfiguration(data as unknown as ConfigurationFile, {
    file: '/etc/cordboard/site.yaml',
    dataFolder: '/var/lib/cordboard',
    secrets,
    environment: {},
  });
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

test('calls to other numbers go to the first trunk, or nowhere', () => {
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
