/**
 * Tries whose outcome is not known yet, by name. Each counts as a failure until it is known, or one could guess as often as one
 * likes at the same moment; but whoever would be refused for their sake alone may wait for the outcome of one.
 */
export class Outcomes {
  readonly #options: { waiting: number };
  readonly #pending = new Map<string, { tries: number; waiters: (() => void)[] }>();
  #waiting = 0;

  /** @param options `waiting`: so many wait at most, of all names */
  constructor(options: { waiting: number }) {
    this.#options = options;
  }

  pending(name: string): number {
    return this.#pending.get(name)?.tries ?? 0;
  }

  begin(name: string): void {
    const pending = this.#pending.get(name);
    if (pending) pending.tries++;
    else this.#pending.set(name, { tries: 1, waiters: [] });
  }

  /** All who wait look again, as a failure of the last one pending leaves nothing to wait for. */
  known(name: string): void {
    const pending = this.#pending.get(name);
    if (!pending) return;
    pending.tries--;
    if (pending.tries === 0) this.#pending.delete(name);
    this.#waiting -= pending.waiters.length;
    for (const wake of pending.waiters.splice(0)) wake();
  }

  /** Resolves with the next outcome of that name; null where there is none to come, or too many wait. */
  next(name: string): Promise<void> | null {
    const pending = this.#pending.get(name);
    if (!pending || this.#waiting >= this.#options.waiting) return null;
    this.#waiting++;
    return new Promise(resolve => pending.waiters.push(resolve));
  }
}
