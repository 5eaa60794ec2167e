import { setTimeout as sleep } from 'node:timers/promises';

/** Pause between two tries, in milliseconds. */
const pause = 50;

/**
 * Asks again until it works, for a while: a database that is being started again answers later. Then the last refusal is thrown.
 */
export async function patiently<T>(milliseconds: number, ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + milliseconds;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() + pause > until) throw error;
    }
    await sleep(pause);
  }
}
