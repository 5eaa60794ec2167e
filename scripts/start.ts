// npm start: the demo site. Starts the server, the customers who call, the pages of its tabs, and the Agent application of the
// first agent, and says how to use it.
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAgentWindow } from './start/agent-window.ts';
import { demoGuide, siteGuide, type WindowState } from './start/guide.ts';
import { readOptions, usage } from './start/options.ts';
import { type Program, startProgram } from './start/programs.ts';
import { readFirstPasswords, readSiteFacts, type SiteFacts } from './start/site-facts.ts';

const options = readOptions(process.argv.slice(2));
if (!options) {
  console.log(usage);
  process.exit(2);
}
const configurationFile = options.config ?? 'demo/cordboard.yaml';

const facts = (): SiteFacts[] => {
  try {
    return readSiteFacts(configurationFile, options.data);
  } catch {
    // the server says what is wrong with it, with line and column
    return [];
  }
};

/** Somebody listens there. */
const answers = ({ gateway }: SiteFacts): Promise<boolean> =>
  new Promise(resolve => {
    const { hostname, port } = new URL(gateway);
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** It says that it is well; where TLS is, whose certificate nobody here may know, it is enough that it listens. */
const runs = async (site: SiteFacts): Promise<boolean> => {
  if (!site.gateway.startsWith('http:')) return answers(site);
  try {
    return (await fetch(`${site.gateway}/health`)).ok;
  } catch {
    return false; // not yet
  }
};

const [site] = facts();
// what answers there would be taken for the site that this starts
if (site && (await answers(site))) {
  console.error(
    `Something runs at ${site.gateway} already. End it first, or start another: npm start -- --config FILE`,
  );
  process.exit(1);
}

const server = startProgram('packages/server/src/main.ts', [
  ...(options.config === null ? [] : ['--config', options.config]),
  ...(options.data === null ? [] : ['--data', options.data]),
]);
const others: Program[] = [];

const end = (signal: 'SIGINT' | 'SIGTERM') => {
  for (const program of others) program.end('SIGTERM');
  server.end(signal);
};
// a terminal's Ctrl-C reaches all of them; who has ended by then is not troubled
process.on('SIGINT', () => end('SIGINT'));
process.on('SIGTERM', () => end('SIGTERM'));
process.on('SIGHUP', () => end('SIGTERM'));

const startDemo = async (site: SiteFacts): Promise<string> => {
  const passwords = readFirstPasswords(site);
  const folder = path.dirname(site.secretsFile);
  if (options.traffic) {
    const traffic = startProgram('tools/demo-traffic/src/main.ts', [
      ...['--config', configurationFile, '--data', folder],
      ...options.trafficArguments,
    ]);
    others.push(traffic);
  }
  const pages = ['--port', `${options.pagesPort}`];
  others.push(startProgram('tools/agent-integration/page-server/main.ts', pages));
  let window: WindowState = { type: 'off' };
  const agent = site.users[0];
  if (options.window && agent) {
    const { logonId } = agent;
    const password = passwords.ofUser(logonId);
    const { windowPort } = options;
    const opened = await openAgentWindow({ folder, server: site.gateway, logonId, password, windowPort });
    others.push(opened.program);
    window = opened.window;
  }
  return demoGuide({
    site,
    passwords,
    window,
    traffic: options.traffic,
    pages: `http://127.0.0.1:${options.pagesPort}`,
  });
};

if (site) {
  while (server.running && !(await runs(site))) await sleep(200);
  if (server.running) console.log(options.demo ? await startDemo(site) : siteGuide(facts()));
}
process.exitCode = await server.ended;
for (const program of others) program.end('SIGTERM');
await Promise.all(others.map(each => each.ended));
