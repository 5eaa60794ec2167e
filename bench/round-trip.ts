// One request of an AgentClient and its answer, through the real Agent application in a process of its own and its local socket,
// beside a bare newline-JSON echo over the same kind of socket. The two take turns, so that both meet the same machine.
// Goal: p50 within 1.5 times the echo.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createFakeGateway, exampleCall } from '@cordboard/agent/testing';
import { createAgentClient, localAccess, runtimePlaces } from '@cordboard/sdk';
import { distributionOf, showDistribution } from './distribution.ts';

const rounds = 40;
const perRound = 500;

const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-bench-'));

/** Microseconds of each of some asks, one after the other. */
const time = async (ask: () => Promise<unknown>): Promise<number[]> => {
  const taken: number[] = [];
  for (let count = 0; count < perRound; count++) {
    const started = process.hrtime.bigint();
    await ask();
    taken.push(Number(process.hrtime.bigint() - started) / 1_000);
  }
  return taken;
};

const startEcho = async (): Promise<{ child: ChildProcess; ask(line: string): Promise<void> }> => {
  const endpoint = path.join(folder, 'echo');
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'echo-floor.ts'), endpoint], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>(resolve => child.stdout.once('data', () => resolve()));
  const socket: Socket = connect(endpoint);
  await new Promise<void>(resolve => socket.once('connect', () => resolve()));
  socket.setEncoding('utf8');
  return {
    child,
    ask: line =>
      new Promise(resolve => {
        let answer = '';
        const take = (chunk: string) => {
          answer += chunk;
          if (!answer.endsWith('\n')) return;
          socket.off('data', take);
          JSON.parse(answer);
          resolve();
        };
        socket.on('data', take);
        socket.write(`${line}\n`);
      }),
  };
};

const gateway = createFakeGateway();
const server = await gateway.listen();
const settingsFile = path.join(folder, 'agent.json');
// level 4: what an agent's machine runs with unless somebody looks for a fault
writeFileSync(
  settingsFile,
  JSON.stringify({ server: server.url, logLevel: 4, logFile: path.join(folder, 'Agent.log') }),
);
const places = runtimePlaces({ CORDBOARD_RUNTIME_FOLDER: path.join(folder, 'run') });
const main = path.resolve(import.meta.dirname, '../packages/agent/src/main.ts');
const client = createAgentClient({
  name: 'bench',
  access: localAccess({
    places,
    program: ['env', `CORDBOARD_AGENT_SETTINGS=${settingsFile}`, process.execPath, main],
  }),
});
const ready = new Promise<void>(resolve => client.once('OnApplicationReadyForInitialization', resolve));
await client.launchBSAWithCredentials('anna', 'measured');
await ready;
await client.initialize();
const seen = new Promise<void>(resolve => client.once('OnCallEvent', () => resolve()));
gateway.publish('OnCallEvent', exampleCall({ ID: 1 }));
await seen;

const echo = await startEcho();
const canMakeCallLine = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'canMakeCall', params: {} });
const callsLine = JSON.stringify({ jsonrpc: '2.0', id: 1, result: await client.getCalls() });

const asks = {
  'canMakeCall()': () => client.canMakeCall(),
  'echo of its request': () => echo.ask(canMakeCallLine),
  'getCalls(), one call': () => client.getCalls(),
  'echo of its answer': () => echo.ask(callsLine),
} satisfies Record<string, () => Promise<unknown>>;

const samples = new Map<string, number[]>(Object.keys(asks).map(name => [name, []]));
for (let round = 0; round <= rounds; round++)
  for (const [name, ask] of Object.entries(asks)) {
    const taken = await time(ask);
    // the first round warms up
    if (round > 0) samples.get(name)?.push(...taken);
  }

const figures = new Map([...samples].map(([name, sample]) => [name, distributionOf(sample)]));
for (const [name, figure] of figures) console.log(`${name.padEnd(22)} ${showDistribution(figure, 'µs')}`);
const ratio = (name: string, floor: string): string =>
  ((figures.get(name)?.p50 ?? 0) / (figures.get(floor)?.p50 ?? 1)).toFixed(2);
console.log(
  `ratio of the medians: canMakeCall ${ratio('canMakeCall()', 'echo of its request')}, getCalls ${ratio('getCalls(), one call', 'echo of its answer')} (goal: at most 1.5)`,
);

echo.child.kill();
await client.closeApplication();
await client.close();
await server.close();
rmSync(folder, { recursive: true, force: true });
