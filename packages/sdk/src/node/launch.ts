import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Answer, accepted, type LaunchParameters, type RuntimeFile, refused } from '@cordboard/contract';
import type { RuntimePlaces } from './runtime-folder.ts';

export interface LaunchOptions {
  /** the program that is the Agent application, with its arguments; found by itself unless told */
  program?: readonly [command: string, ...rest: string[]];
  /** how long the application may take to start, 15 s unless told */
  launchMilliseconds?: number;
}

/** The application that is installed beside this package, run by the Node that runs us. */
const installedProgram = (): readonly [string, ...string[]] | null => {
  try {
    return [process.execPath, fileURLToPath(import.meta.resolve('@cordboard/agent/main'))];
  } catch {
    // not installed here
    return null;
  }
};

const startedOrGone = async (
  child: ChildProcess,
  find: () => Promise<RuntimeFile | null>,
  milliseconds: number,
): Promise<boolean> => {
  let gone = false;
  child.once('error', () => {
    gone = true;
  });
  child.once('exit', () => {
    gone = true;
  });
  for (const until = Date.now() + milliseconds; Date.now() < until && !gone; ) {
    if (child.pid !== undefined && (await find())?.pid === child.pid) return true;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return false;
};

/**
 * Starts the application as a process of its own, which outlives this one. What it must know goes to its standard input
 * as one line: a command line and an environment can be read by others.
 */
export const launchApplication = async (
  parameters: LaunchParameters,
  find: () => Promise<RuntimeFile | null>,
  places: RuntimePlaces,
  options: LaunchOptions,
): Promise<Answer> => {
  const program = options.program ?? installedProgram();
  if (!program) return refused('cannotLaunch', 'the Agent application is not installed');
  const [command, ...rest] = program;
  const child = spawn(command, rest, {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, CORDBOARD_RUNTIME_FOLDER: places.folder },
  });
  // a child that could not be started, or died at once, breaks its pipe; startedOrGone says so
  child.stdin.on('error', () => {});
  child.stdin.end(`${JSON.stringify(parameters)}\n`);
  const started = await startedOrGone(child, find, options.launchMilliseconds ?? 15_000);
  child.unref();
  return started ? accepted(true) : refused('cannotLaunch', 'the process ended before it was ready');
};
