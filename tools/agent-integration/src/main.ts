#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createAgentClient } from '@cordboard/sdk';
import { complete } from './complete.ts';
import { createConsole } from './console.ts';
import { linesOf } from './lines-of.ts';
import { runScript } from './script.ts';

const usage = `agent-client: watches and controls the Agent application on this machine

  agent-client                     interactive; help shows the commands, Tab completes
  agent-client -e 'COMMAND' ...    runs commands and ends: 0, or 1 when one failed or was refused
  agent-client < FILE              the same, a command a line; # starts a comment
  --no-initialize                  do not connect at the start, also when the application runs`;

const { values } = parseArgs({
  options: {
    execute: { type: 'string', short: 'e', multiple: true },
    'no-initialize': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const interactive = async (): Promise<number> => {
  await using client = createAgentClient({ name: 'agent-client' });
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: 'agent> ',
    completer: (line: string): [string[], string] => complete(line, console_.callIds),
  });
  const write = (line: string) => {
    // the line that is being typed moves down
    process.stdout.write(`\r\u001b[K${line}\n`);
    terminal.prompt(true);
  };
  const ask = (question: string) => new Promise<string>(resolve => terminal.question(question, resolve));
  const console_ = createConsole({ client, write, ask });
  const command = async (line: string) => {
    const outcome = await console_.run(line).catch((error: unknown) => {
      write(error instanceof Error ? error.message : String(error));
      return 'failed' as const;
    });
    if (outcome === 'quit') terminal.close();
    else terminal.prompt();
  };
  if (!values['no-initialize'] && (await client.canInitialize())) await command('initialize');
  else
    write(
      'Not connected. If the Agent application does not run yet: launchBSAWithCredentials, then initialize.',
    );
  terminal.on('line', line => void command(line));
  terminal.prompt();
  await new Promise<void>(resolve => terminal.once('close', resolve));
  return 0;
};

const scripted = async (lines: Iterable<string> | AsyncIterable<string>): Promise<number> => {
  await using client = createAgentClient({ name: 'agent-client' });
  return await runScript(client, lines, line => process.stdout.write(`${line}\n`), !values['no-initialize']);
};

if (values.help) console.log(usage);
else if (values.execute) process.exitCode = await scripted(values.execute);
else if (process.stdin.isTTY) process.exitCode = await interactive();
else process.exitCode = await scripted(linesOf(process.stdin));
