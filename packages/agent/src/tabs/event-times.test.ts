import { systemClock } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createClientStream } from '../host/client-stream.ts';
import { createAgentLog } from '../log/agent-log.ts';
import { LogLevel } from '../log/level.ts';
import { createEventTimes } from './event-times.ts';

test('TAB-28 the log says how long an event took from the site to a page, by one clock', () => {
  const lines: string[] = [];
  const log = createAgentLog({
    file: { append: text => void lines.push(text), close: () => {} } as Parameters<
      typeof createAgentLog
    >[0]['file'],
    now: () => 0,
    level: LogLevel.integration,
    maskCustomerData: false,
  });
  const times = createEventTimes(systemClock, log, () => 500);
  times.told(createClientStream().publish('OnCallEvent', []), 10_000);
  times.handled('page https://crm.example#1', [
    [1, 9_525],
    [99, 1],
  ]);
  log.close();
  expect(lines.join('')).toContain('SEEN page https://crm.example#1 OnCallEvent');
  expect(lines.join('')).toContain('25.0 ms');
  expect(lines.join('').trim().split('\n')).toHaveLength(1);
});
