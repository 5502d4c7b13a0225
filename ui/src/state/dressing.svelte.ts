// Changes of how the window looks and behaves, made one by one and saved together.
import type { Window as Dress } from "../ipc/bindings";
import { Saving } from "./saving.svelte";

export class Dressing {
  readonly saving: Saving<Dress>;
  readonly #worn: () => Dress;
  /** What is on its way, so that the next change doesn't take it back. */
  #wanted: Dress | null = null;

  constructor(worn: () => Dress, store: (dress: Dress) => Promise<unknown>) {
    this.#worn = worn;
    this.saving = new Saving(store);
  }

  /** Changes a part; gives whether it was saved. */
  async put(change: Partial<Dress>): Promise<boolean> {
    const wanted = { ...(this.#wanted ?? this.#worn()), ...change };
    this.#wanted = wanted;
    const saved = await this.saving.put(wanted);
    if (this.#wanted === wanted) this.#wanted = null;
    return saved;
  }
}
