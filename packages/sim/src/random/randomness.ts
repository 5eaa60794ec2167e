/** Repeatable chance: the same seed gives the same run. Each actor has its own, so that one more actor changes nobody else's luck. */
export interface Randomness {
  /** in [0, 1) */
  fraction(): number;
  /** a whole number, both ends included */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(list: readonly Item[]): Item;
  /** whole milliseconds, exponentially distributed, at most ten times the mean */
  duration(meanMilliseconds: number): number;
  /** another sequence, that depends on the seed and the name alone */
  split(name: string): Randomness;
}

/** FNV-1a, 32 bits. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
};

/** sfc32 of Chris Doty-Humphrey's PractRand: 128 bits of state, a counter among them, so no seed has a short cycle. */
const sfc32 = (seed: string): (() => number) => {
  let a = hash(`a${seed}`);
  let b = hash(`b${seed}`);
  let c = hash(`c${seed}`);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // the words of a seed are alike at first
  for (let round = 0; round < 15; round++) next();
  return next;
};

export const createRandomness = (seed: string): Randomness => {
  const next = sfc32(seed);
  const fraction = () => next() / 0x1_0000_0000;
  return {
    fraction,
    whole: (from, to) => from + Math.floor(fraction() * (to - from + 1)),
    chance: probability => fraction() < probability,
    pick(list) {
      const item = list[Math.floor(fraction() * list.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    duration(meanMilliseconds) {
      const value = -Math.log(1 - fraction()) * meanMilliseconds;
      return Math.round(Math.min(value, meanMilliseconds * 10));
    },
    split: name => createRandomness(`${seed}/${name}`),
  };
};
