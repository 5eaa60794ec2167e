import type { Report, ReportBody } from './protocol.ts';

/** The numbered reports that the controller does not have for certain yet. */
export interface ReportLog {
  add(body: ReportBody): Report;
  /** forgets what is durable at the controller */
  acknowledge(seq: number): void;
  /** what came after `seq`, and whether some of it is lost */
  after(seq: number): { reports: Report[]; gap: boolean };
  /** number of the last report; 0 before the first */
  readonly seq: number;
  readonly kept: number;
}

/**
 * Numbers are dense, so a report is found by counting. Past `maximum` the oldest is forgotten, and whoever asks for it
 * hears of a gap.
 */
export function createReportLog(now: () => number, maximum = 100_000): ReportLog {
  let seq = 0;
  /** reports `first` to `seq`; the array's front is cut off in large pieces only, so that forgetting is cheap */
  let reports: Report[] = [];
  let dead = 0;
  let first = 1;

  function forget(count: number): void {
    first += count;
    dead += count;
    if (dead < 1_000 && dead < reports.length) return;
    reports = reports.slice(dead);
    dead = 0;
  }

  return {
    add(body) {
      seq++;
      const report = { seq, at: now(), report: body };
      reports.push(report);
      if (seq - first + 1 > maximum) forget(1);
      return report;
    },
    acknowledge(upTo) {
      const count = Math.min(upTo, seq) - first + 1;
      if (count > 0) forget(count);
    },
    after(last) {
      const from = Math.max(last + 1, first);
      return { reports: reports.slice(dead + from - first), gap: last + 1 < first };
    },
    get seq() {
      return seq;
    },
    get kept() {
      return seq - first + 1;
    },
  };
}
