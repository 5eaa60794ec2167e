import { expect, test } from 'vitest';
import { jsonLine, readableLine } from './format.ts';
import { createLogger, type LogEntry } from './logger.ts';

const now = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6));

test('only what is grave enough is written, with the common fields', () => {
  const written: LogEntry[] = [];
  const logger = createLogger(entry => written.push(entry), 'warning').with({ site: 1 });
  logger.info('a call was offered');
  logger.warning('the journal was slow', { milliseconds: 40 });
  expect(written).toEqual([
    { level: 'warning', text: 'the journal was slow', fields: { site: 1, milliseconds: 40 } },
  ]);
});

test('a line for machines is one JSON object', () => {
  const line = jsonLine({ level: 'error', text: 'fenced', fields: { epoch: 3 } }, now);
  expect(line.endsWith('\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({
    time: '2026-01-02T03:04:05.006Z',
    level: 'error',
    text: 'fenced',
    epoch: 3,
  });
});

test('a value with control characters cannot make a second line on a terminal', () => {
  const line = readableLine(
    { level: 'info', text: 'attached', fields: { client: 'a\nERROR b\u001b[31m' } },
    now,
  );
  expect(line.slice(0, -1)).not.toContain('\n');
  expect(line).not.toContain('\u001b');
  expect(line.startsWith('03:04:05.006')).toBe(true);
});
