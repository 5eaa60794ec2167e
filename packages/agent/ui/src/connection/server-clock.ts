import { type Answer, deskClockMethods, type ServerTime } from '@cordboard/contract';

/** How far the server's clock is ahead of this page's. */
export interface ServerClock {
  /** milliseconds; 0 as long as it is not known */
  offset(): number;
  /** Asks once more. False: it was not told. */
  measure(): Promise<boolean>;
}

export interface ServerClockOptions {
  ask(method: string, parameters: object): Promise<Answer>;
  /** milliseconds since 1970, as this machine has it */
  now(): number;
  /** milliseconds of a clock that nobody sets */
  elapsed(): number;
}

/** Of so many answers the one that came fastest is believed: the others waited somewhere. */
const believed = 8;
/** More than this from one answer to the next and somebody has set a clock, ms. */
const jump = 2_000;

/** The server's moment lies in the middle between question and answer, as in RFC 5905 §8. */
export const createServerClock = ({ ask, now, elapsed }: ServerClockOptions): ServerClock => {
  let samples: { offset: number; took: number }[] = [];
  return {
    offset: () => samples.toSorted((one, other) => one.took - other.took)[0]?.offset ?? 0,
    async measure() {
      const started = elapsed();
      const answer = await ask(deskClockMethods.getServerTime, {});
      const took = elapsed() - started;
      const told = answer.ok ? (answer.value as ServerTime).now : null;
      if (told === null) return false;
      const offset = told - (now() - took / 2);
      // what was measured before a clock was set says nothing of now
      const before = samples.filter(each => Math.abs(each.offset - offset) < jump + each.took + took);
      samples = [...before, { offset, took }].slice(-believed);
      return true;
    },
  };
};

const often = 1_000;
const seldom = 15_000;

/** Keeps it measured while the page is there: soon again as long as nobody tells. */
export const keepMeasured = (clock: ServerClock): void => {
  const measure = async () => {
    const isKnown = await clock.measure();
    setTimeout(() => void measure(), isKnown ? seldom : often);
  };
  void measure();
};
