const BASE = 500;
const CEILING = 30_000;

/** Full jitter: anything from nothing to the ceiling of this attempt, so that a crowd comes back spread out. */
export class Backoff {
  #attempt = 0;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const ceiling = Math.min(CEILING, BASE * 2 ** Math.min(this.#attempt, 16));
    this.#attempt += 1;
    return Math.max(50, Math.round(this.#random() * ceiling));
  }

  reset(): void {
    this.#attempt = 0;
  }
}
