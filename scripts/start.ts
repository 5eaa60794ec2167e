// npm start: the demo site. Starts the server with the demo configuration, waits until it runs, and says how to use it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface Secrets {
  sites: Record<
    string,
    { users: Record<string, { initialPassword?: string }>; extensions: Record<string, { password?: string }> }
  >;
}

interface Demo {
  sites: {
    serviceGroups: { name: string; numbers: string[] }[];
    users: { logonId: string; name: string; extension: string }[];
  }[];
}

const folder = path.resolve('.cordboard/demo');
const read = <Content>(file: string): Content => parse(readFileSync(file, 'utf8')) as Content;

/** What a person needs to make the first call, in the order in which it is needed. */
const guide = (): string => {
  const site = read<Demo>('demo/cordboard.yaml').sites[0];
  const secrets = read<Secrets>(path.join(folder, 'secrets.yaml')).sites['1'];
  if (!site || !secrets) return '';
  const numbers = site.serviceGroups.map(group => `${group.numbers.join(', ')} (${group.name})`).join(', ');
  const agent = site.users[0];
  const phone = (extension: string) =>
    `sip:${extension}@127.0.0.1:5060   password ${secrets.extensions[extension]?.password ?? ''}`;
  return [
    '',
    'The demo site runs. All passwords are in .cordboard/demo/secrets.yaml (only you can read it).',
    '',
    `  1. the agent's phone    ${phone(agent?.extension ?? '')}   (let it answer by itself)`,
    `  2. the agent            npm run agent-client, then: launchBSAWithCredentials ${agent?.logonId} ${secrets.users[agent?.logonId ?? '']?.initialPassword ?? ''}`,
    '                          then: initialize, setReadyStatus true',
    `  3. a customer's phone   ${phone('2001')}`,
    `  4. the customer calls   ${numbers}: greeting, music, and the call is offered to the agent`,
    '  5. the agent            answerActiveCall, holdActiveCall, retrieveActiveCall, hangupActiveCall, help',
    '',
    'health: http://127.0.0.1:8480/health   metrics: http://127.0.0.1:8480/metrics   Ctrl-C ends everything.',
    '',
  ].join('\n');
};

const isUp = async (): Promise<boolean> => {
  try {
    return (await fetch('http://127.0.0.1:8480/health')).ok;
  } catch {
    // not yet
    return false;
  }
};

const isDemo = process.argv.length === 2;
// what answers there would be taken for the demo that this starts
if (isDemo && (await isUp())) {
  console.error(
    'A site runs at http://127.0.0.1:8480 already. End it first, or start another: npm start -- --config FILE',
  );
  process.exit(1);
}

const server = spawn(process.execPath, ['packages/server/src/main.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
let ended = false;
server.on('exit', code => {
  ended = true;
  process.exitCode = code ?? 1;
});
// the server gets the terminal's Ctrl-C itself, and this waits for it
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => server.kill('SIGTERM'));

while (isDemo && !ended && !(await isUp())) await new Promise(resolve => setTimeout(resolve, 200));
if (isDemo && !ended) console.log(guide());
