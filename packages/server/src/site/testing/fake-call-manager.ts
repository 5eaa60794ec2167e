import type { CallManagerCommand, CallManagerInventory, CallManagerReport } from '@cordboard/core';
import type {
  CallManager,
  CallManagerListener,
  NumberedReport,
  Position,
} from '../../telephony/call-manager.ts';

export interface FakeCallManager extends CallManager {
  inventory: CallManagerInventory;
  executed: { id: string; command: CallManagerCommand }[];
  acknowledged: Position | null;
  /** epochs in order of attaching */
  epochs: number[];
  /** keeps the attach unanswered until `answer` */
  silent: boolean;
  answer(): void;
  report(report: CallManagerReport, at: number): void;
  refuse(command: CallManagerCommand, reason: string): void;
  /** another process took its place: its legs are gone */
  restart(instance: string): void;
}

/** A call manager that reports what the test says, keeps what is not acknowledged, and remembers what it was asked. */
export function createFakeCallManager(instance = 'first'): FakeCallManager {
  let kept: NumberedReport[] = [];
  let seq = 0;
  let current: { listener: CallManagerListener; after: Position | null } | null = null;

  const fake: FakeCallManager = {
    inventory: { instance, legs: [], registrations: [] },
    executed: [],
    acknowledged: null,
    epochs: [],
    silent: false,
    attach({ epoch, after, listener }) {
      fake.epochs.push(epoch);
      const mine = { listener, after };
      current = mine;
      if (!fake.silent) queueMicrotask(() => fake.answer());
      return {
        execute: (id, command) => void fake.executed.push({ id, command }),
        acknowledge(position) {
          fake.acknowledged = position;
          kept = kept.filter(each => each.seq > position.seq);
        },
        close() {
          if (current === mine) current = null;
        },
      };
    },
    answer() {
      const after = current?.after;
      const from = after?.instance === fake.inventory.instance ? after.seq : 0;
      current?.listener.attached(
        kept.filter(each => each.seq > from),
        structuredClone(fake.inventory),
        seq,
      );
    },
    report(report, at) {
      seq++;
      const numbered = { seq, at, report };
      kept.push(numbered);
      current?.listener.report(numbered);
    },
    refuse: (command, reason) => current?.listener.refused(command, reason),
    restart(next) {
      kept = [];
      seq = 0;
      fake.inventory = { instance: next, legs: [], registrations: [] };
      current?.listener.lost();
      fake.answer();
    },
  };
  return fake;
}
