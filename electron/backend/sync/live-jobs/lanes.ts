/** Where lanes get their work. */
export interface LaneWork<T> {
  /** Whether no lane takes anything any more. */
  isOver(): boolean;
  /** The next thing to do, where there is one now. @param others lanes that are at work */
  take(others: number): T | null;
  /** What has to settle before there may be something to take; null: only other lanes bring more. */
  pending(): Promise<void> | null;
  work(task: T): Promise<void>;
  /** Told before the first failure is thrown: the others finish what they do. */
  failed(): void;
}

/** Does several things at once, each lane one after the other, until nothing is left that a lane could bring. */
export class Lanes<T> {
  readonly #work: LaneWork<T>;
  #active = 0;
  #wake: () => void = () => undefined;
  #woken: Promise<void> = Promise.resolve();

  constructor(work: LaneWork<T>) {
    this.#work = work;
    this.#rearm();
  }

  /** @throws what the work of a lane throws */
  async run(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#lane()));
  }

  /** Lets lanes that wait look again. */
  wake(): void {
    this.#wake();
    this.#rearm();
  }

  #rearm(): void {
    this.#woken = new Promise((resolve) => (this.#wake = resolve));
  }

  async #lane(): Promise<void> {
    while (!this.#work.isOver()) {
      const task = this.#work.take(this.#active);
      if (task !== null) await this.#carryOut(task);
      else if (!(await this.#mayCome())) return;
    }
  }

  async #mayCome(): Promise<boolean> {
    const pending = this.#work.pending();
    if (pending === null && this.#active === 0) return false;
    await (pending ?? this.#woken);
    return true;
  }

  async #carryOut(task: T): Promise<void> {
    this.#active += 1;
    try {
      await this.#work.work(task);
    } catch (error) {
      this.#work.failed();
      throw error;
    } finally {
      this.#active -= 1;
      this.wake();
    }
  }
}
