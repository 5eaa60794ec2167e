import {
  type Answer,
  accepted,
  checkOf,
  LaunchParameters,
  localExtensions,
  type Route,
  Type,
} from '@cordboard/contract';
import type { AgentLog } from '../log/agent-log.ts';
import { isLogLevel, type LogLevel } from '../log/level.ts';

const LevelParameters = Type.Object({ level: Type.Integer({ minimum: 0, maximum: 7 }) });

const anything = (): null => null;

/** What the local socket answers beyond the documented methods, also before `initialize`: its owner is the user. */
export const localExtensionRoutes = (
  log: AgentLog,
  logOn: (parameters: LaunchParameters) => Answer,
): ReadonlyMap<string, Route> =>
  new Map<string, Route>([
    [
      localExtensions.logOn,
      { check: checkOf(LaunchParameters), run: (parameters: LaunchParameters) => logOn(parameters) },
    ],
    [
      localExtensions.setDiagnosticLogLevel,
      {
        check: checkOf(LevelParameters),
        run({ level }: { level: LogLevel }) {
          if (isLogLevel(level)) log.level = level;
          return accepted(true);
        },
      },
    ],
    [localExtensions.getDiagnosticLogLevel, { check: anything, run: () => accepted(log.level) }],
  ]);
