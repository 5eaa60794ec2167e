/** Time that passes when a test says so. */
export interface VirtualTime {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** lets so much time pass, waking who sleeps in order */
  pass(milliseconds: number): Promise<void>;
}

/** Lets everything run that has nothing to wait for. */
const settle = () => new Promise(resolve => setImmediate(resolve));

export const createVirtualTime = (): VirtualTime => {
  let now = 0;
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: milliseconds => new Promise(wake => sleepers.push({ at: now + milliseconds, wake })),
    async pass(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const next = Math.min(...sleepers.map(each => each.at));
        if (next > end) break;
        now = next;
        const awake = sleepers.filter(each => each.at === next);
        sleepers = sleepers.filter(each => each.at !== next);
        for (const { wake } of awake) wake();
        await settle();
      }
      now = end;
    },
  };
};
