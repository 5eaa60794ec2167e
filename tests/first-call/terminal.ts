import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** The test client of the terminal, `npm run agent-client`, at an agent's machine: commands go in, what it writes comes out. */
export interface Terminal {
  /** the next lines that it reads, a command each */
  type(...commands: string[]): void;
  /** ends the input. @returns the exit code: 0 when no command failed or was refused */
  end(): Promise<number>;
  /** everything that it has written */
  text(): string;
}

const main = path.resolve(import.meta.dirname, '../../tools/agent-integration/src/main.ts');

export function openTerminal(runtimeFolder: string): Terminal {
  const child = spawn(process.execPath, [main], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, CORDBOARD_RUNTIME_FOLDER: runtimeFolder },
  });
  const exited = once(child, 'exit');
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  let text = '';
  const take = (piece: Buffer) => {
    text += piece.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.stdin.on('error', () => {}); // it ended at a command that failed: its exit code says so
  return {
    type: (...commands) => void child.stdin.write(commands.map(command => `${command}\n`).join('')),
    async end() {
      child.stdin.end();
      await exited;
      process.off('exit', killAtExit);
      return child.exitCode ?? -1;
    },
    text: () => text,
  };
}
