import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LaunchParameters } from '@cordboard/contract';
import {
  type AgentClient,
  createAgentClient,
  localAccess,
  readRuntimeFile,
  runtimePlaces,
} from '@cordboard/sdk';
import { afterEach, expect, test } from 'vitest';
import { createFakeGateway, exampleCall, type FakeGateway } from './testing/index.ts';

const secret = 'correct horse battery staple';
const main = path.join(import.meta.dirname, 'main.ts');

/** A machine with the Agent application installed, and a server. */
interface Machine {
  gateway: FakeGateway;
  folder: string;
  places: ReturnType<typeof runtimePlaces>;
  client: AgentClient;
  processId(): Promise<number>;
  log(): string;
}

const endings: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const settle = async (pid: number): Promise<void> => {
  await expect
    .poll(() => {
      try {
        process.kill(pid, 0);
        return 'alive';
      } catch {
        // no such process
        return 'gone';
      }
    })
    .toBe('gone');
};

const setUp = async (settings: object = {}): Promise<Machine> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-machine-'));
  const places = runtimePlaces({ CORDBOARD_RUNTIME_FOLDER: path.join(folder, 'run') });
  const gateway = createFakeGateway();
  const server = await gateway.listen();
  const settingsFile = path.join(folder, 'agent.json');
  const logFile = path.join(folder, 'Agent.log');
  writeFileSync(settingsFile, JSON.stringify({ server: server.url, logLevel: 7, logFile, ...settings }));
  const client = createAgentClient({
    name: 'test',
    access: localAccess({
      places,
      program: ['env', `CORDBOARD_AGENT_SETTINGS=${settingsFile}`, process.execPath, main],
    }),
  });
  endings.push(async () => {
    await client.close();
    const running = await readRuntimeFile(places.file);
    if (running) {
      process.kill(running.pid, 'SIGKILL');
      await settle(running.pid);
    }
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    gateway,
    folder,
    places,
    client,
    async processId() {
      const running = await readRuntimeFile(places.file);
      if (!running) throw new Error('the application does not run');
      return running.pid;
    },
    log: () => readFileSync(logFile, 'utf8'),
  };
};

const ready = (client: AgentClient): Promise<void> =>
  new Promise(resolve => client.once('OnApplicationReadyForInitialization', resolve));

test('APP-10 launched with credentials, the application logs on over the network and serves clients; no password stands on its command line, in its environment or its log', async () => {
  const { client, gateway, processId, log } = await setUp();
  const isReady = ready(client);
  expect(
    await client.launchBSAWithCredentials('anna', secret, '2001', `${secret} of the extension`, 'Main'),
  ).toBe(true);
  expect(await client.launchBSAWithCredentials('anna', secret)).toBe(false);
  expect(client.lastRefusal?.reason).toBe('alreadyRunning');
  await isReady;
  expect(gateway.logons).toEqual([
    {
      logonId: 'anna',
      password: secret,
      extension: '2001',
      extensionPassword: `${secret} of the extension`,
      siteName: 'Main',
    },
  ]);
  const pid = await processId();
  for (const file of ['cmdline', 'environ'])
    expect(readFileSync(`/proc/${pid}/${file}`, 'utf8')).not.toContain('correct horse');

  expect(await client.initialize()).toBe(true);
  const calls: number[] = [];
  client.on('OnCallEvent', call => calls.push(call.ID));
  gateway.publish('OnCallEvent', exampleCall({ ID: 12 }));
  await expect.poll(() => calls).toEqual([12]);
  expect(await client.answerCall(12)).toBe(true);
  const closed = new Promise<void>(resolve => client.once('OnApplicationClosed', resolve));
  await client.closeApplication();
  await closed;
  await settle(pid);
  expect(log()).toContain('logging on anna');
  expect(log()).not.toContain('correct horse');
});

test('APP-11 launchBSA starts the application logged off; it takes credentials over the local socket', async () => {
  const { client, gateway, places } = await setUp();
  expect(await client.isBSARunning()).toBe(false);
  expect(await client.launchBSA()).toBe(true);
  expect(await client.isBSARunning()).toBe(true);
  expect(await client.canInitialize()).toBe(false);
  expect(gateway.logons).toEqual([]);
  const running = await readRuntimeFile(places.file);
  if (!running) throw new Error('not running');
  const transport = await localAccess({ places }).connect(running);
  const isReady = ready(client);
  transport.send('{"jsonrpc":"2.0","id":1,"method":"logOn","params":{"logonId":"anna","password":"x"}}');
  await isReady;
  transport.close();
  expect(await client.initialize()).toBe(true);
});

test('APP-12 the web server and the broker can be given; the softphone is 1, 0 or -1, and -1 is the one used last', async () => {
  const { client, gateway, folder, processId } = await setUp({ server: 'http://127.0.0.1:9' });
  const server = await gateway.listen();
  endings.push(() => server.close());
  const { host, port } = new URL(server.url);
  expect(await client.launchAgentWithParams('anna', secret, null, '', null, host, null, null, 2 as 1)).toBe(
    false,
  );
  expect(client.lastRefusal?.reason).toBe('invalidValue');
  expect(await client.isBSARunning()).toBe(false);
  const isReady = ready(client);
  expect(
    await client.launchAgentWithParams('anna', secret, null, '', null, host, '127.0.0.1', Number(port), 1),
  ).toBe(true);
  await isReady;
  // with it what the window offers at the next log-on, and never the password
  const kept = readFileSync(path.join(folder, 'agent-state.json'), 'utf8');
  expect(JSON.parse(kept)).toMatchObject({ softphone: 1, logonId: 'anna', extension: '' });
  expect(kept).not.toContain(secret);
  expect(gateway.logons).toEqual([{ logonId: 'anna', password: secret }]);
  const pid = await processId();
  process.kill(pid, 'SIGTERM');
  await settle(pid);
  expect(gateway.logOffs).toBe(1);
});

test('APP-13 the socket, its folder, the runtime file and the log are the owner’s alone', async () => {
  const { client, places, folder } = await setUp();
  expect(await client.launchBSA()).toBe(true);
  const rights = (file: string) => (statSync(file).mode & 0o777).toString(8);
  expect([
    rights(places.folder),
    rights(places.endpoint),
    rights(places.file),
    rights(path.join(folder, 'Agent.log')),
  ]).toEqual(['700', '600', '600', '600']);
});

test('APP-14 what an application left behind that was killed is seen as such, and does not hinder the next', async () => {
  const { client, places, processId } = await setUp();
  const heard: string[] = [];
  client.on('OnApplicationClosed', () => heard.push('closed'));
  expect(await client.launchBSAWithCredentials('anna', secret)).toBe(true);
  await ready(client);
  expect(await client.initialize()).toBe(true);
  const pid = await processId();
  process.kill(pid, 'SIGKILL');
  await settle(pid);
  await expect.poll(() => heard).toEqual(['closed']);
  expect(existsSync(places.file)).toBe(true);
  expect(existsSync(places.endpoint)).toBe(true);
  expect(await client.isBSARunning()).toBe(false);
  expect(await client.initialize()).toBe(false);
  expect(await client.launchBSA()).toBe(true);
  expect(await processId()).not.toBe(pid);
});

const run = (
  environment: Record<string, string>,
  input: string,
): { child: ChildProcess; ended: Promise<number | null> } => {
  const child = spawn(process.execPath, [main], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...environment },
  });
  child.stdin?.end(input);
  return { child, ended: new Promise(resolve => child.once('exit', resolve)) };
};

test('APP-15 one application runs for each user and runtime folder: a second one ends and says so', async () => {
  const { client, places, folder } = await setUp();
  expect(await client.launchBSA()).toBe(true);
  const environment = {
    CORDBOARD_RUNTIME_FOLDER: places.folder,
    CORDBOARD_AGENT_SETTINGS: path.join(folder, 'agent.json'),
  };
  expect(await run(environment, '').ended).toBe(3);
  expect(await client.isBSARunning()).toBe(true);
});

const nonsense: [name: string, input: string][] = [
  ['no JSON', 'anna secret\n'],
  ['the wrong type', `${JSON.stringify({ logonId: 7 })}\n`],
  ['a list', '[]\n'],
];

test.each(nonsense)('launch parameters that are %s end the process before it starts', async (_, input) => {
  const { folder, places } = await setUp();
  const environment = {
    CORDBOARD_RUNTIME_FOLDER: places.folder,
    CORDBOARD_AGENT_SETTINGS: path.join(folder, 'agent.json'),
  };
  expect(await run(environment, input).ended).toBe(2);
});

test('a program that cannot be started is refused as such', async () => {
  const { places } = await setUp();
  const client = createAgentClient({ access: localAccess({ places, program: ['/nonexistent/agent'] }) });
  endings.push(() => client.close());
  expect(await client.launchBSA()).toBe(false);
  expect(client.lastRefusal?.reason).toBe('cannotLaunch');
});

test('a wrong password leaves the application running, and clients learn why they cannot connect', async () => {
  const { client, gateway } = await setUp();
  gateway.refuseLogon({ reason: 'wrongCredentials', text: 'no' });
  const parameters: LaunchParameters = { logonId: 'anna', password: 'wrong' };
  expect(await client.launchBSAWithCredentials(parameters.logonId ?? '', parameters.password ?? '')).toBe(
    true,
  );
  await expect
    .poll(async () => (await client.canInitialize()) || client.lastRefusal?.detail)
    .toBe('wrongCredentials');
  expect(await client.isBSARunning()).toBe(true);
});

test('APP-16 the settings file is watched: the log level changes while the application runs', async () => {
  const { client, folder, log } = await setUp({ logLevel: 3 });
  expect(await client.launchBSAWithCredentials('anna', secret)).toBe(true);
  await ready(client);
  expect(await client.initialize()).toBe(true);
  expect(log()).not.toContain(' REQ ');
  const file = path.join(folder, 'agent.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...settings, logLevel: 5 }));
  await expect.poll(log).toContain('log level 5');
  await client.getCalls();
  await expect
    .poll(log)
    .toMatch(/ 5 REQ test#\d+ getCalls \{\}\n.* 5 RES test#\d+ getCalls \[\] [\d.]+ ms\n/);
});
