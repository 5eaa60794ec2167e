/** The site's state is not to be trusted any more; it is thrown away and loaded again. */
export class StateLost extends Error {}

/** The moment when a run of the loop loses its right to write. */
export class Loss {
  #error: StateLost | null = null;
  #tell: ((error: StateLost) => void) | null = null;
  readonly #wake: () => void;

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  lose(error: StateLost): void {
    this.#error ??= error;
    this.#tell?.(this.#error);
    this.#wake();
  }

  throwIfLost(): void {
    if (this.#error !== null) throw this.#error;
  }

  /** The promise's outcome, or the loss if that comes first. One at a time; leaves nothing behind, unlike a race. */
  guard<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#error !== null) reject(this.#error);
      this.#tell = reject;
      promise.then(resolve, reject);
    });
  }
}
