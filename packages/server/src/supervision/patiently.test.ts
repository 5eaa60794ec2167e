import { expect, test } from 'vitest';
import { patiently } from './patiently.ts';

test('what works later is asked again until then', async () => {
  let asked = 0;
  const answer = await patiently(5_000, async () => {
    asked += 1;
    if (asked < 3) throw new Error('not yet');
    return 'now';
  });
  expect([answer, asked]).toEqual(['now', 3]);
});

test('what never works ends with its last refusal', async () => {
  let asked = 0;
  const never = patiently(120, async () => {
    asked += 1;
    throw new Error(`refused ${asked}`);
  });
  await expect(never).rejects.toThrow(/^refused [2-9]$/);
});
