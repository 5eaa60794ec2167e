import { allMethods, camelCase, findMethod } from '@cordboard/contract';
import { eventNames } from './wait.ts';

const commandNames = [
  ...allMethods.map(each => camelCase(each.name)),
  'wait',
  'json',
  'refusal',
  'help',
  'quit',
].sort();

const candidates = (before: readonly string[], callIds: readonly number[]): readonly string[] => {
  const [command, ...given] = before;
  if (command === undefined) return commandNames;
  if (command === 'help') return commandNames;
  if (command === 'wait') return given.length === 0 ? eventNames : [];
  const parameter = findMethod(command)?.parameters[given.length];
  if (parameter?.name === 'callId') return callIds.map(String);
  return (parameter?.schema as { type?: string } | undefined)?.type === 'boolean' ? ['true', 'false'] : [];
};

/** What the last word of a line can become: names of commands, methods and events, and ids of calls that there are. */
export const complete = (line: string, callIds: readonly number[]): [hits: string[], word: string] => {
  const words = line.trimStart().split(/\s+/);
  const word = words.pop() ?? '';
  const hits = candidates(words, callIds).filter(each => each.toLowerCase().startsWith(word.toLowerCase()));
  return [hits.map(each => `${each} `), word];
};
