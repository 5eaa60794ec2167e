/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** from 0 to below 1 */
  fraction(): number;
  /** from `least` to below `most` */
  between(least: number, most: number): number;
  /** one of them; the list may not be empty */
  oneOf<Value>(values: readonly [Value, ...Value[]]): Value;
  /** true so often, 0 to 1 */
  chance(share: number): boolean;
}

/** Mulberry32: 32 bits of state, which is plenty for a demo. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    between: (least, most) => least + fraction() * (most - least),
    oneOf: values => values[Math.floor(fraction() * values.length)] ?? values[0],
    chance: share => fraction() < share,
  };
};
