import type { HandledReport } from '@cordboard/contract';
import type { PageSurroundings } from './page-surroundings.ts';

/** Tells the application when the page's handlers have been given an event: some at once, not one by one. */
export interface HandledReports {
  handled(seq: number): void;
  close(): void;
}

const together = 200;
const pause = 500;

export const createHandledReports = (
  surroundings: PageSurroundings,
  send: (report: HandledReport) => Promise<void>,
): HandledReports => {
  let handled: HandledReport['handled'] = [];
  let cancel: (() => void) | null = null;
  const flush = () => {
    cancel?.();
    cancel = null;
    const report = { handled };
    handled = [];
    void send(report);
  };
  return {
    handled(seq) {
      handled.push([seq, surroundings.now()]);
      if (handled.length >= together) flush();
      else cancel ??= surroundings.after(pause, flush);
    },
    close: () => cancel?.(),
  };
};
