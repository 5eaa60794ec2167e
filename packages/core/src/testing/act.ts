/** One act of the world, as numbers: what they mean depends on where the site is then. */
export interface Act {
  kind: number;
  who: number;
  which: number;
  detail: number;
}
