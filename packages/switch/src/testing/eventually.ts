import { vi } from 'vitest';

/** Waits until nothing is thrown. What is waited for comes when the machine has the time. */
export const eventually = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(check, { timeout: 20_000, interval: 5 });
