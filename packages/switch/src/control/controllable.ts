import type { Command, CommandResult, LegInventory, Provision, SwitchStats } from './protocol.ts';
import type { ReportLog } from './report-log.ts';

/** The switch as its control server sees it. */
export interface Controllable {
  /** new at each start */
  readonly instance: string;
  readonly log: ReportLog;
  perform(command: Command): CommandResult['reason'] | undefined;
  provision(provision: Provision['provision']): void;
  inventory(): { legs: LegInventory[]; registrations: { extension: string; address: string }[] };
  stats(): SwitchStats;
}
