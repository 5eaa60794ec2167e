import type { AgentClient } from '@cordboard/sdk';
import { createConsole } from './console.ts';

/** Runs commands one after the other until one fails. Answers the exit code: 0, or 1. */
export const runScript = async (
  client: AgentClient,
  lines: Iterable<string> | AsyncIterable<string>,
  write: (line: string) => void,
  initialize: boolean,
): Promise<number> => {
  const commands = createConsole({ client, write, ask: null });
  // a script may start the application itself, and connect then
  if (initialize && (await client.canInitialize()) && (await commands.run('initialize')) === 'failed')
    return 1;
  for await (const line of lines) {
    write(`> ${line}`);
    const outcome = await commands.run(line).catch((error: unknown) => {
      write(error instanceof Error ? error.message : String(error));
      return 'failed' as const;
    });
    if (outcome === 'quit') return 0;
    if (outcome === 'failed') return 1;
  }
  return 0;
};
