import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that was started, and how to end it. */
export interface Program {
  readonly pid: number | undefined;
  /** its exit code, when it has ended */
  readonly ended: Promise<number>;
  readonly running: boolean;
  end(signal: 'SIGINT' | 'SIGTERM'): void;
}

export interface ProgramOptions {
  /** one line for its standard input, which others cannot read, as they can a command line */
  firstLine?: string;
  environment?: Record<string, string>;
}

/** Starts a TypeScript file with this Node; it writes where we write. */
export const startProgram = (
  file: string,
  given: readonly string[],
  { firstLine, environment = {} }: ProgramOptions = {},
): Program => {
  const options: SpawnOptions = {
    stdio: [firstLine === undefined ? 'inherit' : 'pipe', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  };
  const node = ['--disable-warning=ExperimentalWarning', file];
  const child: ChildProcess = spawn(process.execPath, [...node, ...given], options);
  // a child that dies at once breaks its pipe; its exit says so
  child.stdin?.on('error', () => {});
  child.stdin?.end(`${firstLine}\n`);
  const ended = once(child, 'exit').then(
    ([code]) => (typeof code === 'number' ? code : 1),
    (error: unknown) => {
      console.error(`${file}: ${String(error)}`);
      return 1;
    },
  );
  return {
    pid: child.pid,
    ended,
    get running() {
      return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
    },
    end: signal => void child.kill(signal),
  };
};
