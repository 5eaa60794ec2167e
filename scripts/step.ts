import { spawn } from 'node:child_process';

/** One step of a check: its name, and what ran. */
export interface Step {
  name: string;
  command: [program: string, ...arguments_: string[]];
}

export interface StepResult {
  ok: boolean;
  output: string;
  seconds: number;
}

/** Runs a program and keeps what it prints. */
export const runStep = (step: Step): Promise<StepResult> => {
  const started = Date.now();
  const [program, ...rest] = step.command;
  return new Promise(resolve => {
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.stderr.on('data', chunk => chunks.push(chunk));
    const finish = (ok: boolean, extra = '') =>
      resolve({
        ok,
        output: Buffer.concat(chunks).toString() + extra,
        seconds: (Date.now() - started) / 1000,
      });
    child.on('error', error => finish(false, String(error)));
    child.on('close', code => finish(code === 0));
  });
};

/** Runs steps one after the other, a line each; prints the output of those that fail. Answers whether all were good. */
export const runSteps = async (steps: readonly Step[]): Promise<boolean> => {
  let allGood = true;
  for (const [index, step] of steps.entries()) {
    process.stdout.write(`[${index + 1}/${steps.length}] ${step.name} ... `);
    const result = await runStep(step);
    console.log(`${result.ok ? 'ok' : 'FAILED'} (${result.seconds.toFixed(1)} s)`);
    if (!result.ok) {
      allGood = false;
      console.log(result.output);
    }
  }
  return allGood;
};
