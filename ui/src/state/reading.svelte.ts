// The chosen event: shown at once from its row, then whole.
import type { Backend } from "../ipc/backend";
import type { EventDetail, EventRow, Failure, Update } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { rowOf } from "./history";
import type { World } from "./world";

/** How long an event must stay chosen while browsing by keyboard before it is fetched. */
const FETCH_AFTER_MS = 60;
/** How long an event must stay chosen while browsing by keyboard before it counts as read. */
const READ_AFTER_MS = 1_200;

export class Reading {
  id = $state.raw<string | null>(null);
  /** As lists show it; its body may be cut. */
  row = $state.raw<EventRow | null>(null);
  /** The event whole, once it is here. */
  detail = $state.raw<EventDetail | null>(null);

  readonly #backend: Backend;
  readonly #failed: (failure: Failure) => void;
  #fetching: ReturnType<typeof setTimeout> | undefined;
  #marking: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, failed: (failure: Failure) => void) {
    this.#backend = backend;
    this.#failed = failed;
  }

  /** Chooses an event; one that is only passed while browsing is fetched and marked with a delay. */
  choose(id: string, known: EventRow | undefined, passing = false): void {
    const same = this.id === id;
    if (same && passing) return;
    this.#cancel();
    if (!same) {
      this.id = id;
      this.row = known ?? null;
      this.detail = null;
    }
    if (passing) this.#fetching = setTimeout(() => void this.#fetch(id), FETCH_AFTER_MS);
    else if (this.detail === null) void this.#fetch(id);
    if (passing) this.#marking = setTimeout(() => this.#markRead(), READ_AFTER_MS);
    else this.#markRead();
  }

  clear(): void {
    this.#cancel();
    this.id = null;
    this.row = null;
    this.detail = null;
  }

  /** Keeps the chosen event true to what was just heard. */
  follow(world: World, updates: readonly Update[]): void {
    if (this.id === null) return;
    const known = rowOf(world.all.rows, this.id) ?? (world.scoped ? rowOf(world.scoped.rows, this.id) : undefined);
    if (known !== undefined) {
      this.row = known;
      return;
    }
    for (const update of updates) {
      if (update.kind === "read" && this.#means(update)) this.#set(update.read);
    }
    if (this.row !== null && !world.feeds.some((feed) => feed.id === this.row?.feed)) this.clear();
  }

  #means({ scope }: Extract<Update, { kind: "read" }>): boolean {
    switch (scope.kind) {
      case "event":
        return scope.id === this.id;
      case "feed":
        return scope.feed === this.row?.feed;
      case "all":
        return true;
    }
  }

  #set(read: boolean): void {
    if (this.row !== null) this.row = { ...this.row, read };
  }

  async #fetch(id: string): Promise<void> {
    try {
      const detail = await this.#backend.event(id);
      if (this.id !== id) return;
      this.detail = detail;
      if (this.row === null) {
        this.row = detail.row;
        this.#markRead();
      }
    } catch (thrown) {
      if (this.id !== id) return;
      if (this.row === null) this.clear();
      this.#failed(failureOf(thrown));
    }
  }

  #markRead(): void {
    const { row } = this;
    if (row === null || row.read) return;
    this.#backend.markRead({ kind: "event", id: row.id }, true).catch((thrown: unknown) => this.#failed(failureOf(thrown)));
  }

  #cancel(): void {
    clearTimeout(this.#fetching);
    clearTimeout(this.#marking);
  }
}
