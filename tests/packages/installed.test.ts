import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoSite, greetingHertz, startDemoSite } from '../first-call/demo-site.ts';
import { describeWithPrograms } from '../phones/programs.ts';
import { until } from '../phones/until.ts';
import { unpackTarballs } from './unpacked.ts';

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../..');

/** What an integrator writes who has installed the packages: starts the application that stands beside the SDK, and ends it. */
const integration = `
import { createAgentClient, readRuntimeFile, runtimePlaces } from '@cordboard/sdk';
const client = createAgentClient({ name: 'installed' });
const until = async look => {
  for (;;) {
    if (await look()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
};
if (!(await client.launchBSAWithCredentials('anna', process.env.PASSWORD))) throw new Error(client.lastRefusal?.reason);
const { window } = await readRuntimeFile(runtimePlaces().file);
await until(() => client.canInitialize());
if (!(await client.initialize())) throw new Error(client.lastRefusal?.reason);
const { LoginID } = await client.getUserInformation();
const page = await (await fetch(window)).text();
await client.closeApplication();
await until(async () => (await readRuntimeFile(runtimePlaces().file)) === null);
await client.close();
console.log(JSON.stringify({ LoginID, page }));
`;

describeWithPrograms(['baresip', 'tar'], 'the packages that npm run build makes, in an empty folder', () => {
  let folder: string;
  let programs: Map<string, string>;
  let site: DemoSite;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cordboard-installed-'));
    // where we are root the database runs as another user, who must get through
    await chmod(folder, 0o755);
    await run(process.execPath, ['scripts/build-packages.ts'], { cwd: repository });
    programs = unpackTarballs(path.join(repository, 'dist'), folder);
    site = await startDemoSite({ program: programs.get('cordboard-server') ?? '' });
  }, 300_000);
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }, 60_000);

  test('PKG-01 the built server takes a call, whose caller hears the greeting', async () => {
    const customer = await site.phone('2001');
    await customer.dial('700');
    await customer.next('CALL_ESTABLISHED');
    await until('the greeting', async () => (await customer.listen(200)).level(greetingHertz) > 0.1);
  });

  test('PKG-02 a program starts the built Agent application through the built SDK, and the window is there', async () => {
    const { password } = await site.machine('anna');
    const settings = path.join(folder, 'agent.json');
    await writeFile(
      settings,
      JSON.stringify({ server: site.gateway, logFile: path.join(folder, 'Agent.log') }),
    );
    await writeFile(path.join(folder, 'integration.mjs'), integration);
    const { stdout } = await run(process.execPath, ['integration.mjs'], {
      cwd: folder,
      timeout: 50_000,
      env: {
        ...process.env,
        PASSWORD: password,
        CORDBOARD_AGENT_SETTINGS: settings,
        CORDBOARD_RUNTIME_FOLDER: path.join(folder, 'run'),
      },
    });
    const { LoginID, page } = JSON.parse(stdout) as { LoginID: string; page: string };
    expect(LoginID).toBe('anna');
    expect(page).toContain('<div id="root">');
  });

  test('PKG-03 the built server serves the window of the Agent application that is installed beside it', async () => {
    const answer = await fetch(`${site.gateway}/agent/`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<div id="root">');
  });

  test('PKG-04 the SDK has a script for pages that load no modules', () => {
    const file = path.join(folder, 'node_modules/@cordboard/sdk/tab-classic.js');
    // a script with an import would not compile
    expect(() => new Script(readFileSync(file, 'utf8'))).not.toThrow();
  });
});
