import { spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from '@node-rs/argon2';
import { stringify } from 'yaml';

export interface MeasuredAgent {
  logonId: string;
  extension: string;
}

/** A site that is measured: the real server process with its database and switch, in a folder of its own. */
export interface MeasuredSite {
  url: URL;
  sipPort: number;
  agents: MeasuredAgent[];
  stop(): Promise<void>;
}

export const password = 'measured';
/** Logging hundreds of agents on is not what is measured. */
const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 };
export const serviceNumber = '700';

const root = path.resolve(import.meta.dirname, '../..');

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const configurationOf = (agents: readonly MeasuredAgent[], gatewayPort: number, sipPort: number) => ({
  gateway: { listen: `127.0.0.1:${gatewayPort}` },
  logLevel: 'warn',
  sites: [
    {
      id: 1,
      name: 'Measured',
      sip: { listen: `127.0.0.1:${sipPort}` },
      users: agents.map(({ logonId, extension }, index) => ({
        id: index + 1,
        logonId,
        name: `Agent ${index + 1}`,
        extension,
        agentGroups: [1],
        privileges: ['useIntegrationInterface', 'dispatchVoice'],
      })),
      extensions: agents.map(({ extension }) => ({ number: extension, answering: 'phone' })),
      agentGroups: [{ id: 1, name: 'Agents' }],
      serviceGroups: [
        { id: 1, name: 'Measured', numbers: [serviceNumber], agentGroups: [1], clericalSeconds: 0 },
      ],
      // callers come from this machine without registering
      trunks: [
        {
          name: 'callers',
          uri: 'sip:{number}@127.0.0.1:9',
          addresses: ['127.0.0.1'],
          anySourcePort: true,
          keepAliveSeconds: 0,
        },
      ],
    },
  ],
});

const secretsOf = (agents: readonly MeasuredAgent[], passwordHash: string) => ({
  sites: {
    1: {
      users: Object.fromEntries(agents.map(each => [each.logonId, { passwordHash }])),
      extensions: Object.fromEntries(agents.map(each => [each.extension, { password }])),
    },
  },
});

const isHealthy = async (url: URL): Promise<boolean> => {
  try {
    const response = await fetch(new URL('/health', url));
    return response.ok;
  } catch {
    return false;
  }
};

/** Starts a site with so many agents; its data, configuration and log are in `folder`. */
export const startMeasuredSite = async (folder: string, agentCount: number): Promise<MeasuredSite> => {
  const agents = Array.from({ length: agentCount }, (_, index) => ({
    logonId: `agent${index + 1}`,
    extension: String(10_001 + index),
  }));
  const [gatewayPort, sipPort] = [await freePort(), await freePort()];
  const data = path.join(folder, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const configuration = path.join(folder, 'cordboard.yaml');
  writeFileSync(configuration, stringify(configurationOf(agents, gatewayPort, sipPort)));
  writeFileSync(path.join(data, 'secrets.yaml'), stringify(secretsOf(agents, await hash(password, cheap))), {
    mode: 0o600,
  });
  const log = openSync(path.join(folder, 'server.log'), 'w');
  const server = spawn(
    process.execPath,
    ['packages/server/src/main.ts', '--config', configuration, '--data', data],
    {
      cwd: root,
      stdio: ['ignore', log, log],
    },
  );
  const exited = new Promise<void>(resolve => server.once('exit', () => resolve()));
  const url = new URL(`http://127.0.0.1:${gatewayPort}`);
  for (let tries = 0; !(await isHealthy(url)); tries++) {
    if (server.exitCode !== null || tries > 600)
      throw new Error(`the server did not start: see ${folder}/server.log`);
    await sleep(100);
  }
  return {
    url,
    sipPort,
    agents,
    async stop() {
      // SIGINT ends the switch too
      server.kill('SIGINT');
      await exited;
    },
  };
};
