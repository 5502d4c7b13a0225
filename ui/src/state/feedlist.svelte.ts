// A list of feeds from elsewhere: read, shown, chosen from and added; nothing is added before that.
import type { Backend } from "../ipc/backend";
import type { AddedFeeds, Listing } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";

/** A phone's backup holds its messages too; what is longer is no list. */
export const LONGEST_BYTES = 16 * 1024 * 1024;

export class FeedList {
  typed = $state("");
  listing = $state.raw<Listing | null>(null);
  chosen = $state.raw<ReadonlySet<number>>(new Set());
  added = $state.raw<AddedFeeds | null>(null);
  trouble = $state<string | null>(null);
  busy = $state(false);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Reads what was typed; feeds that are there already are not chosen. */
  async read(): Promise<void> {
    await this.#ask(async () => {
      const listing = await this.#backend.previewFeeds(this.typed);
      this.listing = listing;
      this.chosen = new Set(listing.feeds.flatMap(({ known }, at) => (known ? [] : [at])));
    });
  }

  toggle(at: number): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(at)) chosen.add(at);
    this.chosen = chosen;
  }

  chooseAll(all: boolean): void {
    this.chosen = new Set(all ? this.listing?.feeds.keys() : []);
  }

  /** Adds what is chosen and gives what came of it, null where nothing did. */
  async add(): Promise<AddedFeeds | null> {
    if (this.chosen.size === 0) return null;
    const chosen = [...this.chosen].sort((a, b) => a - b);
    await this.#ask(async () => {
      this.added = await this.#backend.addFeeds(this.typed, chosen, "keyring");
      // It may hold secrets, and nobody needs it again.
      this.typed = "";
    });
    return this.added;
  }

  /** Begins with another list. */
  again(): void {
    this.listing = null;
    this.trouble = null;
  }

  async #ask(does: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.trouble = null;
    try {
      await does();
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
    }
    this.busy = false;
  }
}
