import {
  accepted,
  type Clock,
  type ConnectionReport,
  checkOf,
  deskSettingsMethods,
  ReadLogRequest,
  type Route,
  SeenRequest,
} from '@cordboard/contract';
import type { AgentLog } from '../../log/agent-log.ts';
import { pageAfter, pageBefore } from '../../log/log-page.ts';

export interface DiagnosticServices {
  log: AgentLog;
  clock: Clock;
  connection(): ConnectionReport;
}

/** Resolves when something is written, or after so long. */
const written = (log: AgentLog, clock: Clock, milliseconds: number): Promise<void> =>
  new Promise(resolve => {
    const end = () => {
      stop();
      timer.cancel();
      resolve();
    };
    const stop = log.onWritten(end);
    const timer = clock.after(milliseconds, end);
  });

/** What the pages of diagnostics read. None of it is logged: a log that logs its own reading never ends. */
export const diagnosticRoutes = ({ log, clock, connection }: DiagnosticServices) =>
  new Map<string, Route>([
    [
      deskSettingsMethods.readLog,
      {
        check: checkOf(ReadLogRequest),
        async run({ before, after, waitMilliseconds = 0 }: ReadLogRequest) {
          if (after === undefined) return accepted(pageBefore(log.written(), before ?? null));
          if (waitMilliseconds > 0 && log.written().end <= after) await written(log, clock, waitMilliseconds);
          return accepted(pageAfter(log.written(), after));
        },
      },
    ],
    [
      deskSettingsMethods.seen,
      {
        check: checkOf(SeenRequest),
        run({ seen, pageOffset }: SeenRequest) {
          const serverOffset = connection().pings.at(-1)?.clockOffset ?? 0;
          for (const { page, event, at, handledAt } of seen)
            log.integration({
              direction: 'SEEN',
              client: page,
              name: event,
              content: { at: new Date(at).toISOString() },
              milliseconds: handledAt + pageOffset + serverOffset - at,
            });
          return accepted(true);
        },
      },
    ],
    [deskSettingsMethods.getConnection, { check: () => null, run: () => accepted(connection()) }],
  ]);
