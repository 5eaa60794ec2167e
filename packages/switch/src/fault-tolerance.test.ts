import { expect, test } from 'vitest';
import { tolerateFaults } from './fault-tolerance.ts';

function create() {
  let now = 0;
  let givenUp = 0;
  const written: unknown[] = [];
  const onFault = tolerateFaults(
    () => now,
    error => written.push(error),
    () => givenUp++,
  );
  return {
    written,
    givenUp: () => givenUp,
    fault(at: number) {
      now = at;
      onFault(new Error('bug'));
    },
  };
}

test('SIP-35 a fault now and then is written down and survived', () => {
  const { fault, written, givenUp } = create();
  for (let minute = 0; minute < 100; minute++) fault(minute * 60_000);
  expect(written).toHaveLength(100);
  expect(givenUp()).toBe(0);
});

test('SIP-35 many faults in one minute end the process', () => {
  const { fault, givenUp } = create();
  for (let i = 0; i < 20; i++) fault(i);
  expect(givenUp()).toBe(0);
  fault(21);
  expect(givenUp()).toBe(1);
});
