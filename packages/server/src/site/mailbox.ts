import { type Entry, isFromCallManager, isUrgent } from './entry.ts';

/**
 * What waits for the loop, in order of arrival. While the gate is closed, only the call manager comes
 * through: a site that comes back first learns what happened while it was away.
 */
export class Mailbox {
  #entries: Entry[] = [];
  #wake: (() => void) | null = null;
  #gateOpen = false;

  get length(): number {
    return this.#entries.length;
  }

  put(entry: Entry): void {
    this.#entries.push(entry);
    this.wake();
  }

  putFirst(entries: Entry[]): void {
    this.#entries = [...entries, ...this.#entries];
    this.wake();
  }

  setGate(open: boolean): void {
    this.#gateOpen = open;
    this.wake();
  }

  get gateOpen(): boolean {
    return this.#gateOpen;
  }

  /** At most `most` entries, the oldest first. */
  take(most: number): Entry[] {
    if (this.#gateOpen) return this.#entries.splice(0, most);
    const taken: Entry[] = [];
    const left: Entry[] = [];
    for (const entry of this.#entries) {
      (isUrgent(entry) && taken.length < most ? taken : left).push(entry);
    }
    this.#entries = left;
    return taken;
  }

  /** Throws away what a new link to the call manager brings again. */
  dropFromCallManager(): void {
    this.#entries = this.#entries.filter(each => !isFromCallManager(each) && each.type !== 'timersDue');
  }

  dropAll(): Entry[] {
    return this.#entries.splice(0);
  }

  /** Resolves when something was put, the gate moved, or `wake` was called. */
  waiting(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
