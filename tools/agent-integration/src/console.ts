import { allMethods, camelCase, findMethod, type MethodName, refusals } from '@cordboard/contract';
import type { AgentClient, ClientEvent } from '@cordboard/sdk';
import { helpText } from './help.ts';
import { showEvent, showValue } from './show.ts';
import { type Reading, readArgument } from './typed-arguments.ts';
import { type Awaited, isAwaited, propertyOf, readAwaited } from './wait.ts';
import { wordsOf } from './words.ts';

/** How a command ended: `failed` ends a script with code 1. */
export type Outcome = 'done' | 'failed' | 'quit';

export interface ConsoleOptions {
  client: AgentClient;
  write(line: string): void;
  /** asks a person for an argument that was left out; null: nobody can be asked */
  ask: ((question: string) => Promise<string>) | null;
}

export interface AgentConsole {
  run(line: string): Promise<Outcome>;
  /** ids of the calls that events told of and that are not over */
  readonly callIds: readonly number[];
}

const byLowerCase = new Map<string, MethodName>(
  allMethods.map(each => [each.name.toLowerCase(), camelCase(each.name)]),
);
const eventsKept = 10_000;
const ended = 1;

export const createConsole = ({ client, write, ask }: ConsoleOptions): AgentConsole => {
  const calls = new Set<number>();
  /** events that no `wait` has passed yet */
  let unseen: ClientEvent[] = [];
  let found: ClientEvent | null = null;
  let asJson = false;
  let onEvent: ((event: ClientEvent) => void) | null = null;

  const follow = async () => {
    for await (const event of client.events(eventsKept)) {
      write(showEvent(event, new Date(), asJson));
      if (event.event === 'OnCallEvent') {
        const [call] = event.values;
        if (call.State === ended) calls.delete(call.ID);
        else calls.add(call.ID);
      }
      unseen.push(event);
      if (unseen.length > eventsKept) unseen.shift();
      onEvent?.(event);
    }
  };
  void follow();

  /** The first such event since the last `wait` ended; the events up to it are passed. */
  const take = (awaited: Awaited): boolean => {
    const index = unseen.findIndex(event => isAwaited(event, awaited));
    if (index === -1) return false;
    found = unseen[index] ?? null;
    unseen = unseen.slice(index + 1);
    return true;
  };

  const wait = (words: readonly string[]): Promise<Outcome> => {
    const awaited = readAwaited(words);
    if (typeof awaited === 'string') {
      write(awaited);
      return Promise.resolve('failed');
    }
    if (take(awaited)) return Promise.resolve('done');
    return new Promise(resolve => {
      const finish = (outcome: Outcome) => {
        clearTimeout(timer);
        onEvent = null;
        resolve(outcome);
      };
      const timer = setTimeout(() => {
        write(`${awaited.event} did not come within ${awaited.milliseconds} ms`);
        finish('failed');
      }, awaited.milliseconds);
      onEvent = () => {
        if (take(awaited)) finish('done');
      };
    });
  };

  const replaced = (word: string): string =>
    word.startsWith('$') && found ? (propertyOf(found, word.slice(1)) ?? word) : word;

  const readOrAsk = async (
    parameter: Parameters<typeof readArgument>[0],
    word: string | undefined,
  ): Promise<Reading | null> => {
    if (word !== undefined) return readArgument(parameter, replaced(word));
    if (parameter.optional) return null;
    if (!ask) return { ok: false, problem: 'missing' };
    return readArgument(parameter, await ask(`  ${parameter.name}: `));
  };

  const argumentsOf = async (method: MethodName, words: readonly string[]): Promise<unknown[] | string> => {
    const parameters = findMethod(method)?.parameters ?? [];
    if (words.length > parameters.length) return `${method} has ${parameters.length} arguments`;
    const values: unknown[] = [];
    for (const [index, parameter] of parameters.entries()) {
      const reading = await readOrAsk(parameter, words[index]);
      if (reading === null) break;
      if (!reading.ok) return `${parameter.name}: ${reading.problem}`;
      values.push(reading.value);
    }
    return values;
  };

  const call = async (
    method: MethodName,
    words: readonly string[],
    mustBeRefused: boolean,
  ): Promise<Outcome> => {
    const given = await argumentsOf(method, words);
    if (typeof given === 'string') {
      write(given);
      return 'failed';
    }
    const before = client.lastRefusal;
    const started = performance.now();
    const value = await (client[method] as (...values: unknown[]) => Promise<unknown>)(...given);
    const took = `(${(performance.now() - started).toFixed(1)} ms)`;
    if (method === 'initialize' && value === true)
      for (const each of await client.getCalls()) calls.add(each.ID);
    const refusal = client.lastRefusal === before ? null : client.lastRefusal;
    if (refusal) {
      const detail = refusal.detail === undefined ? '' : ` (${refusal.detail})`;
      write(
        `${method} -> ${showValue(value, asJson)} ${took}, refused: ${refusal.reason}${detail}. ${refusals[refusal.reason].text}`,
      );
    } else write(`${method} -> ${showValue(value, asJson)} ${took}`);
    return (refusal !== null) === mustBeRefused ? 'done' : 'failed';
  };

  const builtIn: Record<string, (words: string[]) => Promise<Outcome> | Outcome> = {
    wait,
    quit: () => 'quit',
    exit: () => 'quit',
    help([name]) {
      write(helpText(name));
      return 'done';
    },
    json() {
      asJson = !asJson;
      write(asJson ? 'in full' : 'short');
      return 'done';
    },
    refusal() {
      write(client.lastRefusal ? JSON.stringify(client.lastRefusal) : 'nothing was refused');
      return 'done';
    },
  };

  return {
    get callIds() {
      return [...calls];
    },
    async run(line) {
      const [first = '', ...rest] = wordsOf(line);
      if (first === '' || first.startsWith('#')) return 'done';
      const command = Object.hasOwn(builtIn, first) ? builtIn[first] : undefined;
      if (command) return command(rest);
      const mustBeRefused = first.startsWith('!');
      const method = byLowerCase.get(first.slice(mustBeRefused ? 1 : 0).toLowerCase());
      if (method) return call(method, rest, mustBeRefused);
      write(`There is no command or method ${first}; help shows them.`);
      return 'failed';
    },
  };
};
