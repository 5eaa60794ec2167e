import type { AnswerFigures } from '@cordboard/contract';

/** More than anybody answers in a day: the oldest go. */
const kept = 2_000;

/** How long it took from an answer until the other side was heard, over this day. */
export interface AnswerTimes {
  add(milliseconds: number, at: number): AnswerFigures;
}

const dayOf = (at: number): string => new Date(at).toDateString();

/** The value below which this share of them lies (nearest rank). */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;

export const createAnswerTimes = (): AnswerTimes => {
  let day = '';
  let values: number[] = [];
  return {
    add(milliseconds, at) {
      if (dayOf(at) !== day) values = [];
      day = dayOf(at);
      values = [...values, milliseconds].slice(-kept);
      return {
        count: values.length,
        last: milliseconds,
        p50: percentile(values, 0.5),
        p95: percentile(values, 0.95),
      };
    },
  };
};
