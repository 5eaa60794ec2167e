/** What has been reported of a leg. */
export interface ControlReports {
  /** when the next is due, ms; undefined: nothing has been sent or heard yet */
  dueAt: number | undefined;
  packets: number;
  expected: number;
  received: number;
}

export const createControlReports = (): ControlReports => ({
  dueAt: undefined,
  packets: 0,
  expected: 0,
  received: 0,
});
