import type { CallManagerReport } from '@cordboard/core';

export interface NumberedReport {
  seq: number;
  /** milliseconds since the epoch */
  at: number;
  report: CallManagerReport;
}

/** Reports are numbered and kept until somebody has made them durable. */
export interface ReportLog {
  readonly last: number;
  readonly kept: number;
  add(at: number, report: CallManagerReport): NumberedReport;
  since(seq: number): NumberedReport[];
  forgetUntil(seq: number): void;
}

export const createReportLog = (): ReportLog => {
  let last = 0;
  let kept: NumberedReport[] = [];
  return {
    get last() {
      return last;
    },
    get kept() {
      return kept.length;
    },
    add(at, report) {
      last += 1;
      const numbered = { seq: last, at, report };
      kept.push(numbered);
      return numbered;
    },
    since: seq => kept.filter(each => each.seq > seq),
    forgetUntil(seq) {
      if ((kept[0]?.seq ?? Number.POSITIVE_INFINITY) > seq) return;
      kept = kept.filter(each => each.seq > seq);
    },
  };
};
