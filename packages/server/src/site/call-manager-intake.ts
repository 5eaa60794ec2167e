import type { CallManagerInventory } from '@cordboard/core';
import type { Logger } from '../logging/logger.ts';
import type { CallManagerListener, NumberedReport, Position } from '../telephony/call-manager.ts';
import type { Batch } from './batch.ts';
import type { Entry } from './entry.ts';
import type { Mailbox } from './mailbox.ts';
import type { Model } from './model.ts';

/** Reports that changed nothing are written down after so many, so that the call manager need not keep them for ever. */
const mostUnwritten = 500;

/** What comes from the call manager, into the mailbox: each report once, and the inventory after what it includes. */
export interface CallManagerIntake {
  listener: CallManagerListener;
  /** The state has been compared with what the call manager has: commands make sense. */
  readonly linked: boolean;
  setLinked(): void;
  isNewest(entry: Entry & { type: 'inventory' }): boolean;
  /** Never takes this one again. */
  poison(entry: Entry): void;
  keepShort<State, Event>(batch: Batch<Event>, model: Model<State>): void;
  close(): void;
}

export function createIntake(
  mailbox: Mailbox,
  durable: Position | null,
  options: { poisoned: Set<string>; logger: Logger },
): CallManagerIntake {
  const { poisoned, logger } = options;
  let instance = durable?.instance ?? '';
  let accepted = durable?.seq ?? 0;
  let written = accepted;
  let newest: CallManagerInventory | null = null;
  let linked = false;
  let closed = false;

  function take(report: NumberedReport): void {
    if (report.seq <= accepted) return;
    accepted = report.seq;
    if (!poisoned.has(`${instance}:${report.seq}`)) mailbox.put({ type: 'report', instance, report });
  }

  const listener: CallManagerListener = {
    attached(missed, inventory, seq) {
      if (closed) return;
      if (inventory.instance !== instance) {
        const another = instance !== '';
        instance = inventory.instance;
        accepted = 0;
        written = 0;
        // what happened at the new one is told after all that the earlier one had is over
        const nothing = { instance, legs: [], registrations: [] };
        if (another && missed.length > 0) mailbox.put({ type: 'inventory', inventory: nothing, seq: 0 });
      }
      for (const report of missed) take(report);
      accepted = Math.max(accepted, seq);
      newest = inventory;
      linked = false;
      mailbox.put({ type: 'inventory', inventory, seq });
      logger.info('the call manager is attached', {
        instance,
        missedReports: missed.length,
        legs: inventory.legs.length,
        registrations: inventory.registrations.length,
      });
    },
    report(report) {
      if (!closed) take(report);
    },
    refused(command, reason) {
      if (closed) return;
      const said = { command: command.type, leg: command.leg, reason };
      // a leg that ended while the command was on its way: its end is reported, and nothing is wrong
      if (reason === 'unknownLeg') logger.debug('the call manager has no such leg any more', said);
      else logger.warning('the call manager refused a command', said);
      // a repeated originate finds its own leg; any other refusal means that the leg never was
      if (command.type === 'originate' && reason !== 'duplicateLeg') {
        mailbox.put({ type: 'legRefused', leg: command.leg });
      }
    },
    lost() {
      if (closed) return;
      linked = false;
      logger.warning('the call manager is lost; its calls may go on');
    },
  };

  return {
    listener,
    get linked() {
      return linked;
    },
    setLinked() {
      linked = true;
    },
    isNewest: entry => entry.inventory === newest,
    poison(entry) {
      if (entry.type === 'report') poisoned.add(`${entry.instance}:${entry.report.seq}`);
    },
    keepShort(batch, model) {
      const seq = batch.lineage.position?.seq ?? 0;
      if (batch.steps.length === 0 && seq - written >= mostUnwritten) {
        batch.steps.push({ seq: model.last + 1, at: batch.lineage.at, events: [], published: [] });
      }
      if (batch.steps.length > 0) written = seq;
    },
    close() {
      closed = true;
    },
  };
}
