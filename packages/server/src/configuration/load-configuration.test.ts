import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { verify } from '@node-rs/argon2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LoadResult, loadConfiguration } from './load-configuration.ts';
import { formatProblem } from './problem.ts';

let folder: string;
let log: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-configuration-'));
  log = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(text: string, environment: NodeJS.ProcessEnv = {}): Promise<LoadResult> {
  const file = path.join(folder, 'site.yaml');
  await writeFile(file, text);
  return loadConfiguration({ file, environment, log: line => log.push(line) });
}

async function problems(text: string): Promise<string[]> {
  const result = await load(text);
  return result.ok ? [] : result.problems.map(each => formatProblem(each).replace(`${folder}/`, ''));
}

const site = (lines: string): string =>
  `sites:\n  - id: 1\n    name: One\n${lines.replaceAll(/^/gm, '    ')}\n`;

const demo = path.resolve(import.meta.dirname, '../../../../demo/cordboard.yaml');

test('CFG-01 the demo configuration is right, and listens on loopback only', async () => {
  const result = await loadConfiguration({
    file: demo,
    dataFolder: folder,
    environment: {},
    log: line => log.push(line),
  });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  const { configuration } = result;
  const [only] = configuration.sites;
  expect([configuration.gateway.host, only?.callManager.sip.host]).toEqual(['127.0.0.1', '127.0.0.1']);
  expect(only?.configuration.serviceGroups.map(group => [group.name, group.numbers])).toEqual([
    ['Sales', ['700']],
    ['Support', ['701']],
  ]);
  expect(only?.callManager.extensions).toHaveLength(15);
  expect(only?.passwordHashes.size).toBe(5);
});

test('CFG-02 every problem of the shape is reported at once with its line', async () => {
  const text = site(
    [
      'users:',
      '  - { id: one, logonId: anna, name: Anna, privileges: [fly] }',
      '  - { id: 2, name: Bo, phone: 1 }',
      'serviceGroups:',
      '  - id: 1',
      '    name: Sales',
      '    numbers: [700]',
      '    ringSeconds: 0',
    ].join('\n'),
  );
  expect(await problems(text)).toEqual([
    expect.stringMatching(
      /^site\.yaml:5:15: sites\[0\]\.users\[0\]\.id: expected a whole number.*found "one"$/,
    ),
    expect.stringMatching(
      /^site\.yaml:5:60: sites\[0\]\.users\[0\]\.privileges\[0\]: expected one of useInt.*found "fly"$/,
    ),
    'site.yaml:6:9: sites[0].users[1]: expected the setting logonId, it is missing',
    expect.stringMatching(
      /^site\.yaml:6:28: sites\[0\]\.users\[1\]\.phone: unknown setting; expected one of id, logonId/,
    ),
    expect.stringMatching(/^site\.yaml:10:19: .*numbers\[0\]: expected text .*quotes.*found the number 700$/),
    expect.stringMatching(/^site\.yaml:11:22: .*ringSeconds: expected at least 1 .*found the number 0$/),
  ]);
});

test.each([
  ['nothing at all', '', /:1:1: expected the setting sites, it is missing$/],
  ['a list', '- 1\n', /:1:1: expected settings, found a list of 1$/],
  ['a key twice', 'logLevel: info\nlogLevel: warn\n', /:2:1: Map keys must be unique$/],
  ['a broken line', 'sites:\n  - id: [1\n', /:3:1: Flow sequence in block collection/],
  ['an unknown alias', 'sites: *nothing\n', /:1:8: expected an anchor &nothing/],
])('CFG-03 %s is a problem with its line', async (_what, text, expected) => {
  expect((await problems(text)).join('\n')).toMatch(expected);
});

test('CFG-03 a file that unfolds without bound is refused', async () => {
  const levels = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map(each => [...each])) {
    levels.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
  }
  expect((await problems(`${levels.join('\n')}\n`)).join()).toContain('alias');
});

test('a file that is not there is a problem', async () => {
  const result = await loadConfiguration({ file: '/nowhere/site.yaml', environment: {}, log: () => {} });
  expect(result).toMatchObject({ ok: false, problems: [{ file: '/nowhere/site.yaml', line: 1 }] });
});

test('CFG-09 passwords are no part of what the routing loop knows', async () => {
  const hash =
    '$argon2id$v=19$m=19456,t=2,p=1$1BQq0iJBAyGtqjs0cs2myw$6lrEikHQ6dE+UahtxSJJUca6qO4CxzNWaIEYys3MZ4s';
  const text = site(
    `users: [{ id: 7, logonId: anna, name: Anna, passwordHash: '${hash}' }]\nextensions: [{ number: '1001', passwordFromEnvironment: SECRET }]`,
  );
  const result = await load(text, { SECRET: 'open sesame' });
  if (!result.ok) throw new Error('refused');
  const [only] = result.configuration.sites;
  expect(JSON.stringify(only?.configuration)).not.toMatch(/argon2|sesame|SECRET/);
  expect(only?.passwordHashes.get(7)).toBe(hash);
  // MD5("1001:cordboard:open sesame")
  expect(only?.callManager.extensions).toEqual([
    { extension: '1001', ha1: '37918bff59918daec0770c800580109f' },
  ]);
});

test('CFG-10 a secrets file that others can read is refused', async () => {
  const secrets = path.join(folder, 'data/secrets.yaml');
  await load(`createMissingSecrets: true\n${site('')}`);
  const text = site(`extensions: [{ number: '1001' }]`);
  await load(`createMissingSecrets: true\n${text}`);
  await chmod(secrets, 0o644);
  expect(await problems(text)).toEqual([
    'data/secrets.yaml:1:1: expected a file that only its owner can read (chmod 600), found 644',
  ]);
});

test('CFG-10 no value of the secrets file stands in an error', async () => {
  const text = site(`extensions: [{ number: '1001' }]`);
  await load(`createMissingSecrets: true\n${text}`);
  const secrets = path.join(folder, 'data/secrets.yaml');
  await writeFile(
    secrets,
    'sites:\n  1:\n    extensions:\n      1001: { password: [hidden], ha1: hidden }\n',
  );
  const found = await problems(text);
  expect(found.join('\n')).toMatch(/^data\/secrets\.yaml:4:\d+: sites\.1\.extensions\.1001/);
  expect(found.join('\n')).not.toContain('hidden');
});

test('CFG-11 random passwords are made once, for whom has none', async () => {
  const text = (users: string): string =>
    `createMissingSecrets: true\n${site(`users: [${users}]\nextensions: [{ number: '1001' }]`)}`;
  const anna = '{ id: 1, logonId: anna, name: Anna }';
  const first = await load(text(anna));
  const file = path.join(folder, 'data/secrets.yaml');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const second = await load(text(`${anna}, { id: 2, logonId: bo, name: Bo }`));
  if (!first.ok || !second.ok) throw new Error('refused');
  const [before, after] = [first, second].map(each => each.configuration.sites[0]);
  expect(after?.passwordHashes.get(1)).toBe(before?.passwordHashes.get(1));
  expect(after?.callManager.extensions).toEqual(before?.callManager.extensions);
  expect(log).toEqual([
    `made 2 random passwords: they are in ${file}`,
    `made 1 random passwords: they are in ${file}`,
  ]);
  const initial = /initialPassword: (\w+)/.exec(await readFile(file, 'utf8'))?.[1] ?? '';
  expect(await verify(after?.passwordHashes.get(1) ?? '', initial)).toBe(true);
});

test('CFG-11 without being asked for, a missing password is a problem', async () => {
  const text = site(
    `users:\n  - { id: 1, logonId: anna, name: Anna }\nextensions:\n  - number: '1001'\n  - { number: '1002', passwordFromEnvironment: MISSING }`,
  );
  expect(await problems(text)).toEqual([
    'site.yaml:5:9: sites[0].users[0]: expected a passwordHash, here or in the secrets file, for anna',
    'site.yaml:7:9: sites[0].extensions[0]: expected a password for 1001 in the secrets file, or passwordFromEnvironment',
    'site.yaml:8:9: sites[0].extensions[1]: expected the variable MISSING in the environment',
  ]);
});

test('CFG-14 what is not written has its documented default', async () => {
  const result = await load(site(`serviceGroups: [{ id: 1, name: Sales }]`));
  if (!result.ok) throw new Error('refused');
  const { configuration } = result;
  const [only] = configuration.sites;
  expect(configuration).toMatchObject({
    gateway: { host: '127.0.0.1', port: 8480 },
    tls: null,
    dataFolder: path.join(folder, 'data'),
    logLevel: 'info',
  });
  expect(only?.callManager).toMatchObject({
    sip: { host: '127.0.0.1', port: 5060 },
    soundFolder: path.join(folder, 'sounds'),
    recordingFolder: path.join(folder, 'data/recordings'),
  });
  expect(only?.configuration.timers).toEqual({
    lostClientSeconds: 60,
    outgoingRingSeconds: 60,
    maximumClericalSeconds: 900,
    failedCallSeconds: 20,
    outsideCallMinutes: 120,
    outsideWarningSeconds: 60,
    recallSeconds: 30,
    reservationSeconds: 120,
    commonHoldSeconds: 60,
  });
  expect(only?.configuration.emergencyNumbers).toEqual(['112']);
  expect(only?.configuration.serviceGroups).toEqual([
    {
      id: 1,
      name: 'Sales',
      tenantId: 1,
      media: 'voice',
      numbers: [],
      priority: 5,
      agentGroups: [],
      skill: '',
      ringSeconds: 20,
      clericalSeconds: 30,
      extendClericalSeconds: 0,
      rejectSetsNotReady: false,
      cqCodes: [],
      dispatch: 'mixed',
      personalSeconds: 60,
      record: 'onRequest',
      recordingAnnouncement: '',
      greeting: '',
      music: 'default',
    },
  ]);
});
