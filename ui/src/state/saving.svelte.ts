// A setting that is saved as it is changed: one save at a time, the last value wins, and a refusal is kept to be told.
import { failureOf } from "../ipc/failure";

export class Saving<T> {
  /** Why the last value was not saved. */
  trouble = $state<string | null>(null);
  /** How often something was saved, so that it can be said again. */
  saved = $state(0);
  #next: { value: T } | null = null;
  #busy = false;
  readonly #store: (value: T) => Promise<unknown>;

  constructor(store: (value: T) => Promise<unknown>) {
    this.#store = store;
  }

  /** Saves a value; gives whether it, or a later one in its place, was saved. */
  async put(value: T): Promise<boolean> {
    this.#next = { value };
    if (this.#busy) return true;
    this.#busy = true;
    try {
      for (let due = this.#take(); due !== null; due = this.#take()) await this.#store(due.value);
      this.trouble = null;
      this.saved++;
      return true;
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
      return false;
    } finally {
      this.#busy = false;
      // What was changed while the refused one was on its way has its own turn.
      const late = this.#take();
      if (late !== null) void this.put(late.value);
    }
  }

  #take(): { value: T } | null {
    const due = this.#next;
    this.#next = null;
    return due;
  }
}
