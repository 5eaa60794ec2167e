import { expect, test } from 'vitest';
import { isShown, type LogFilter, type LogLine, noFilter, parseLogLine } from './log-line.ts';

const time = '2026-11-22T12:00:00.000Z';
const lines: [text: string, parts: Partial<LogLine>][] = [
  [
    `${time} 5 REQ screen pop#12 makeCall {"number":"+46 8 1"}`,
    {
      level: 5,
      direction: 'REQ',
      client: 'screen pop#12',
      name: 'makeCall',
      content: '{"number":"+46 8 1"}',
    },
  ],
  [
    `${time} 5 RES crm#1 makeCall true 1.3 ms`,
    { direction: 'RES', client: 'crm#1', name: 'makeCall', content: 'true', milliseconds: 1.3 },
  ],
  [
    `${time} 5 EVT all(2) OnUserLogin []`,
    { direction: 'EVT', client: 'all(2)', name: 'OnUserLogin', milliseconds: null },
  ],
  [
    `${time} 5 SEEN window OnCallEvent {"at":"x"} -0.4 ms`,
    { direction: 'SEEN', client: 'window', name: 'OnCallEvent', milliseconds: -0.4 },
  ],
  [`${time} 6 IN snapshot {"seq":3}`, { level: 6, direction: 'IN', name: 'snapshot', content: '{"seq":3}' }],
  [`${time} 3 info attached`, { time, level: 3, direction: '', name: 'attached', content: '' }],
  [`${time} 4 call call 7 Offered {"State":3}`, { level: 4, name: 'call 7 Offered', content: '{"State":3}' }],
  ['of another program', { level: 0, time: '', name: 'of another program' }],
];

test.each(lines)('WIN-90 the line "%s" is shown in its parts', (text, parts) =>
  expect(parseLogLine({ at: 5, text })).toMatchObject({ at: 5, text, ...parts }),
);

const filters: [filter: Partial<LogFilter>, shown: number[]][] = [
  [{}, [0, 1, 2, 3, 4, 5, 6, 7]],
  [{ level: 4 }, [5, 6, 7]],
  [{ direction: 'EVT' }, [2]],
  [{ client: 'CRM' }, [1]],
  [{ text: 'MAKEcall' }, [0, 1]],
  [{ text: 'makeCall', client: 'pop', direction: 'RES' }, []],
];

test.each(filters)('WIN-90 the filter %j leaves the lines %j', (filter, shown) => {
  const found = lines.flatMap(([text], index) =>
    isShown(parseLogLine({ at: 0, text }), { ...noFilter, ...filter }) ? [index] : [],
  );
  expect(found).toEqual(shown);
});
