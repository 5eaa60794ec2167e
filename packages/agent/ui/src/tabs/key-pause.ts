/** Milliseconds: between two keys of somebody who writes there is less. */
const quiet = 400;

/**
 * When a page has given the keyboard away, keys of the window wait until nobody writes any more: a page that gave it away while its
 * user writes would have his letters answer and end calls.
 */
export interface KeyPause {
  begin(): void;
  /** A key was pressed: whether it is one for the window. */
  lets(): boolean;
}

export const createKeyPause = (now: () => number): KeyPause => {
  let last: number | null = null;
  return {
    begin() {
      last = now();
    },
    lets() {
      if (last === null) return true;
      const isOver = now() - last >= quiet;
      last = isOver ? null : now();
      return isOver;
    },
  };
};
