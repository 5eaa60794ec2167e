import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createManualClock } from '@cordboard/contract/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../logging/logger.ts';
import type { RecordingFile } from './recordings.ts';
import { startRetention } from './retention.ts';

let folder: string;
beforeEach(async () => {
  lines.length = 0;
  folder = await mkdtemp(path.join(tmpdir(), 'retention-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const recording = (id: number): RecordingFile => ({
  id,
  file: `${id}.wav`,
  agentId: 1,
  ended: true,
  deleted: false,
});
const lines: unknown[] = [];
const logger = createLogger(entry => lines.push(entry), 'debug');
const exists = (name: string) =>
  access(path.join(folder, name)).then(
    () => true,
    () => false,
  );

test('REC-37 what is older than configured is deleted and marked, at the start and each hour; a file that is gone already too', async () => {
  await writeFile(path.join(folder, '1.wav'), 'old');
  await writeFile(path.join(folder, '3.wav'), 'young');
  const old = [recording(1), recording(2)];
  const clock = createManualClock();
  const marked: number[] = [];
  let asked = 0;
  const retention = startRetention({
    folder,
    clock,
    logger,
    days: () => 30,
    store: {
      async olderThan(days) {
        asked += days;
        return old.splice(0);
      },
      markDeleted: async ({ id }) => void marked.push(id),
    },
  });
  clock.advance(0);
  await expect.poll(() => marked).toEqual([1, 2]);
  expect([await exists('1.wav'), await exists('3.wav')]).toEqual([false, true]);
  await expect
    .poll(() => {
      clock.advance(3_600_000);
      return asked;
    })
    .toBeGreaterThan(30);
  await retention.close();
});

test('REC-38 with 0 days nothing is ever looked for', async () => {
  const clock = createManualClock();
  const retention = startRetention({
    folder,
    clock,
    logger,
    days: () => 0,
    store: {
      olderThan: () => Promise.reject(new Error('nobody should ask')),
      markDeleted: () => Promise.reject(new Error('nobody should delete')),
    },
  });
  clock.advance(0);
  await retention.close();
  expect(lines).toEqual([]);
});
