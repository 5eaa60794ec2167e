import type { Clock } from '@cordboard/contract';

export interface RateLimitOptions {
  clock: Clock;
  /** so many at once */
  burst: number;
  /** then one in so many milliseconds */
  everyMilliseconds: number;
  /** of names that are remembered; the one that was not seen for longest is forgotten */
  names: number;
}

/** Counts failures by name (an address, a logon id). The memory is bounded, whoever floods it. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  /** when the name would be without any failure again; the least recently used first */
  readonly #cleanAt = new Map<string, number>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  get names(): number {
    return this.#cleanAt.size;
  }

  /** Milliseconds until another try is allowed; 0 = now. */
  wait(name: string): number {
    const { burst, everyMilliseconds, clock } = this.#options;
    const debt = (this.#cleanAt.get(name) ?? 0) - clock.now();
    return Math.max(0, debt - (burst - 1) * everyMilliseconds);
  }

  fail(name: string): void {
    const { everyMilliseconds, clock, names } = this.#options;
    const from = Math.max(clock.now(), this.#cleanAt.get(name) ?? 0);
    this.#cleanAt.delete(name);
    this.#cleanAt.set(name, from + everyMilliseconds);
    if (this.#cleanAt.size <= names) return;
    const [oldest] = this.#cleanAt.keys();
    if (oldest !== undefined) this.#cleanAt.delete(oldest);
  }

  /** @param pending so many of its tries count until their outcome is known */
  forgive(name: string, pending = 0): void {
    this.#cleanAt.delete(name);
    for (let tries = 0; tries < pending; tries++) this.fail(name);
  }
}
