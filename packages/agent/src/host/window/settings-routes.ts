import { accepted, checkOf, deskSettingsMethods, LogLevelRequest, type Route } from '@cordboard/contract';
import type { AgentLog } from '../../log/agent-log.ts';
import { isLogLevel, type LogLevel } from '../../log/level.ts';

export interface SettingsServices {
  log: AgentLog;
  /** False: it cannot be kept for the next run. */
  keepLogLevel(level: LogLevel): boolean;
  tellStatus(): void;
}

/** What the settings page changes in the application that runs. */
export const settingsRoutes = ({ log, keepLogLevel, tellStatus }: SettingsServices) =>
  new Map<string, Route>([
    [
      deskSettingsMethods.setLogLevel,
      {
        check: checkOf(LogLevelRequest),
        run({ level }: LogLevelRequest) {
          if (isLogLevel(level)) log.level = level;
          const kept = isLogLevel(level) && keepLogLevel(level);
          log.info(`log level ${level}, set in the window${kept ? '' : ', for this run only'}`);
          tellStatus();
          return accepted({ level: log.level, kept });
        },
      },
    ],
  ]);
