// The chosen event: shown at once from its row, then whole.
import type { Backend } from "../ipc/backend";
import type { EventDetail, EventRow, Failure, Scope, Update } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { compareIds, meaning } from "./history";

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

  /** Leaves the event as it is, because a person is choosing several and not reading. */
  leaveUnread(): void {
    clearTimeout(this.#marking);
  }

  clear(): void {
    this.#cancel();
    this.id = null;
    this.row = null;
    this.detail = null;
  }

  /** Keeps the chosen event true to what was just heard; `known` is its row where a list has it. */
  follow(known: EventRow | undefined, updates: readonly Update[]): void {
    if (this.id === null) return;
    if (known !== undefined) {
      this.row = known;
      return;
    }
    for (const update of updates) this.#hear(update);
  }

  /** Hears of an event that no list has. */
  #hear(update: Update): void {
    const { row } = this;
    if (row === null) return;
    if (update.kind === "read" && this.#means(update.scope)) this.row = { ...row, read: update.read };
    else if (update.kind === "starred" && update.id === row.id) this.row = { ...row, starred: update.starred };
    else if (update.kind === "deleted" && this.#means(update.scope) && compareIds(row.id, update.until) <= 0) this.clear();
    else if (update.kind === "feedRemoved" && update.feed === row.feed) this.clear();
    else if (update.kind === "snapshot" && !update.snapshot.feeds.some(({ id }) => id === row.feed)) this.clear();
  }

  #means(scope: Scope): boolean {
    return this.row !== null && meaning(scope)(this.row);
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
