import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runtimePlaces } from '@cordboard/sdk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { brokerUrl, loginOf } from './login.ts';
import {
  lastLogon,
  lastSoftphone,
  readSettings,
  rememberLogon,
  rememberSoftphone,
  SettingsError,
  type SettingsPlaces,
  settingsPlaces,
  watchSettings,
} from './settings.ts';

let folder = '';
let places: SettingsPlaces;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-settings-'));
  places = settingsPlaces({ CORDBOARD_AGENT_SETTINGS: path.join(folder, 'agent.json') });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (content: unknown) =>
  writeFileSync(places.file, typeof content === 'string' ? content : JSON.stringify(content));

test('without a settings file there are settings all the same', () => {
  expect(readSettings(places)).toMatchObject({ server: 'http://127.0.0.1:8480', logLevel: 3, site: null });
});

const unusable: [name: string, content: unknown, says: string][] = [
  ['half of it', '{"server":', 'JSON'],
  ['a level that is none', { logLevel: 9 }, '/logLevel'],
  ['a number for the server', { server: 7 }, '/server'],
  ['a list', [], '(all)'],
];

test.each(unusable)('a settings file with %s is refused, naming the place', (_, content, says) => {
  write(content);
  expect(() => readSettings(places)).toThrow(SettingsError);
  expect(() => readSettings(places)).toThrow(says);
});

test('a change of the file is told, also when an editor replaces it', async () => {
  let changes = 0;
  const stop = watchSettings(places, () => {
    changes += 1;
  });
  write({ logLevel: 5 });
  await expect.poll(() => changes).toBeGreaterThan(0);
  stop();
  expect(readSettings(places).logLevel).toBe(5);
});

test('the softphone option used last is kept; none, or nonsense, is the hard phone', () => {
  expect(lastSoftphone(places)).toBe(0);
  rememberSoftphone(places, 1);
  expect(lastSoftphone(places)).toBe(1);
  expect(statSync(places.stateFile).mode & 0o777).toBe(0o600);
  writeFileSync(places.stateFile, '{"softphone":9}');
  expect(lastSoftphone(places)).toBe(0);
});

const settings = () => readSettings(places);

test('empty and null stand for what is configured, what is given goes before it', () => {
  write({ server: 'https://center.example:8443', site: 'Main', extension: '2001' });
  const configured = loginOf({ logonId: 'anna', password: 'x', extension: '', siteName: null }, settings());
  expect(configured?.request).toEqual({
    logonId: 'anna',
    password: 'x',
    extension: '2001',
    siteName: 'Main',
  });
  expect(configured?.server.href).toBe('https://center.example:8443/');
  const given = loginOf({ logonId: 'anna', password: 'x', extension: '2002', siteName: 'East' }, settings());
  expect(given?.request).toMatchObject({ extension: '2002', siteName: 'East' });
});

test('no logon id, or a server that is none, is no login', () => {
  expect(loginOf({}, settings())).toBeNull();
  expect(loginOf({ logonId: '' }, settings())).toBeNull();
  expect(loginOf({ logonId: 'a', webServer: 'http://' }, settings())).toBeNull();
  expect(loginOf({ logonId: 'a', webServer: 'not a host' }, settings())).toBeNull();
  write({ server: 'nonsense' });
  expect(loginOf({ logonId: 'a' }, settings())).toBeNull();
});

const servers: [webServer: string | null, expected: string][] = [
  [null, 'http://127.0.0.1:8480/'],
  ['web.example', 'http://web.example:8480/'],
  ['web.example:99', 'http://web.example:99/'],
  ['https://web.example', 'https://web.example/'],
];

test.each(servers)('the web server %s is %s', (webServer, expected) => {
  expect(loginOf({ logonId: 'a', webServer }, settings())?.server.href).toBe(expected);
});

const brokers: [granted: string, host: string | null, port: number | null, expected: string][] = [
  ['/broker', null, null, 'ws://127.0.0.1:8480/broker'],
  ['https://other.example/broker', null, null, 'wss://other.example/broker'],
  ['wss://other.example/broker', 'mine.example', 4433, 'wss://mine.example:4433/broker'],
  ['/broker', null, 99, 'ws://127.0.0.1:99/broker'],
];

test.each(brokers)(
  'the broker %s, with host %s and port %s, is %s',
  (granted, brokerServer, brokerPort, expected) => {
    const login = loginOf({ logonId: 'a', brokerServer, brokerPort }, settings());
    expect(login && brokerUrl(login, granted).href).toBe(expected);
  },
);

const environments: [
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  file: RegExp,
  endpoint: RegExp,
][] = [
  [{ CORDBOARD_RUNTIME_FOLDER: '/tmp/x' }, 'linux', /^\/tmp\/x\/agent\.json$/, /^\/tmp\/x\/agent\.sock$/],
  [{ XDG_RUNTIME_DIR: '/run/user/1' }, 'linux', /^\/run\/user\/1\/cordboard\/agent\.json$/, /agent\.sock$/],
  [{}, 'darwin', /\.cordboard\/run\/agent\.json$/, /agent\.sock$/],
  [{ LOCALAPPDATA: '/users/anna' }, 'win32', /Cordboard/, /^\\\\\.\\pipe\\cordboard-agent-[0-9a-f]{16}$/],
];

test.each(environments)('the runtime folder by %j on %s', (environment, platform, file, endpoint) => {
  const found = runtimePlaces(environment, platform);
  expect(found.file).toMatch(file);
  expect(found.endpoint).toMatch(endpoint);
});

test('a runtime folder whose path no socket can have is refused with the reason', () => {
  expect(() => runtimePlaces({ CORDBOARD_RUNTIME_FOLDER: `/tmp/${'x'.repeat(120)}` }, 'linux')).toThrow(
    /too long/,
  );
});

test('WIN-226 who logged on last, at which phone and site, is remembered for the log-on page', () => {
  expect(lastLogon(places)).toEqual({ logonId: '', extension: '', site: '' });
  rememberLogon(places, 'anna', '2001', 'North');
  expect(lastLogon(places)).toEqual({ logonId: 'anna', extension: '2001', site: 'North' });
});
