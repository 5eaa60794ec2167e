import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { verify } from '@node-rs/argon2';
import { expect, test } from 'vitest';

async function run(input: string): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'hash-password.ts')]);
  child.stdin.end(input);
  const ended = once(child, 'exit');
  const output = await text(child.stdout);
  return { code: ((await ended) as [number])[0], output: output.trim() };
}

test('the command hashes the password that comes on standard input with argon2id', async () => {
  const { code, output } = await run('correct horse\n');
  expect(code).toBe(0);
  expect(output).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verify(output, 'correct horse')).toBe(true);
});

test('no password is no hash', async () => {
  expect(await run('\n')).toEqual({ code: 1, output: '' });
});
