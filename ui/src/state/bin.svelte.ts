// What was deleted and can still be brought back, the latest on top.

export type Deleted = {
  /** By these the engine undoes it. */
  readonly numbers: readonly number[];
  readonly text: string;
  /** Shows again what the window showed before. */
  readonly restore: () => void;
};

/** As long as the engine keeps what was deleted. */
export const UNDO_MS = 30_000;

export class Bin {
  #deleted = $state.raw<readonly Deleted[]>([]);

  /** What an undo brings back. */
  get last(): Deleted | null {
    return this.#deleted.at(-1) ?? null;
  }

  add(deleted: Deleted): void {
    this.#deleted = [...this.#deleted, deleted];
    setTimeout(() => this.#lose(deleted), UNDO_MS);
  }

  /** Takes the latest out. */
  take(): Deleted | null {
    const { last } = this;
    if (last !== null) this.#lose(last);
    return last;
  }

  /** Offers no undo any more; the deletions stand. */
  dismiss(): void {
    this.#deleted = [];
  }

  #lose(lost: Deleted): void {
    this.#deleted = this.#deleted.filter((each) => each !== lost);
  }
}
