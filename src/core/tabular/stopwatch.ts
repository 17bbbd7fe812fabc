/** Adds up the time between `start` and `stop`, and calls back once when it exceeds a limit. */
export class Stopwatch {
  #remainingMilliseconds: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    limitSeconds: number,
    private readonly onOver: () => void,
  ) {
    this.#remainingMilliseconds = limitSeconds * 1000;
  }

  /** Whether the limit was reached. */
  get isOver(): boolean {
    return this.#remainingMilliseconds <= 0;
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => {
      this.#remainingMilliseconds = 0;
      this.onOver();
    }, this.#remainingMilliseconds);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.isOver) this.#remainingMilliseconds -= performance.now() - this.#startedAt;
  }
}
