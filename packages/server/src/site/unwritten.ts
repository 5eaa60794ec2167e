import type { Clock, Timer } from '@cordboard/contract';
import type { Batch } from './batch.ts';
import type { Entry } from './entry.ts';
import type { Step } from './row.ts';

/**
 * Steps that are decided and not yet in the journal, because nobody waits for them: no command, no item of a stream, no answer follows
 * from them. A commit costs more than all else in such a step, so they ride with the next one that matters, or go after a while.
 *
 * Nothing is lost by it: the call manager keeps its reports until they are acknowledged, which is after the commit.
 */
export interface Unwritten<Event> {
  /** what the next row begins with; empty it with `written` */
  readonly steps: readonly Step<Event>[];
  /** what led to them: to be thought of when the state is lost */
  readonly entries: readonly Entry[];
  /** they have waited long enough */
  readonly due: boolean;
  keep(batch: Batch<Event>): void;
  written(): void;
  close(): void;
}

/** How long a step may be in no journal: far less than anybody needs to see that something is missing. */
const patienceMilliseconds = 20;
/** A row has its bound too. */
const mostSteps = 256;

export function createUnwritten<Event>(clock: Clock, wake: () => void): Unwritten<Event> {
  let steps: Step<Event>[] = [];
  let entries: Entry[] = [];
  let due = false;
  let timer: Timer | null = null;

  function written(): void {
    timer?.cancel();
    timer = null;
    steps = [];
    entries = [];
    due = false;
  }

  return {
    get steps() {
      return steps;
    },
    get entries() {
      return entries;
    },
    get due() {
      return due;
    },
    keep(batch) {
      steps.push(...batch.steps);
      for (const { entry } of batch.effects) entries.push(entry);
      due ||= steps.length >= mostSteps;
      timer ??= clock.after(patienceMilliseconds, () => {
        due = true;
        wake();
      });
    },
    written,
    close: written,
  };
}

/** Nothing follows from it that anybody waits for. */
export const mayWait = <Event>(batch: Batch<Event>): boolean =>
  batch.effects.every(
    ({ entry, commands, published }) => commands.length === 0 && published.length === 0 && isPatient(entry),
  );

const isPatient = (entry: Entry): boolean =>
  entry.type === 'report' ||
  entry.type === 'legRefused' ||
  entry.type === 'clientLost' ||
  entry.type === 'timersDue';
