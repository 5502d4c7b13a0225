// The window's session with the engine: what is known, what is looked at, what is asked.
import type { Backend } from "../ipc/backend";
import type { Feed, Failure, Scope, Update } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { text } from "../text";
import { batch } from "./batch";
import { loadOlder, rowOf } from "./history";
import { Notices } from "./notices.svelte";
import { Reading } from "./reading.svelte";
import { apply, fromSnapshot, look, seen, UNKNOWN, type World } from "./world";

/** Rows asked for at once: several screens, painted in a frame. */
const PAGE_ROWS = 200;

export class Session {
  world = $state.raw<World>(UNKNOWN);
  phase = $state<"starting" | "ready" | "failed">("starting");
  /** Why the engine could not be reached. */
  trouble = $state("");
  /** Whether an older page is on its way, and whether the last one failed. */
  older = $state<"idle" | "loading" | "failed">("idle");
  /** Grows when a popup was clicked, so that views bring the event into sight. */
  summons = $state(0);

  readonly notices = new Notices();
  readonly reading: Reading;
  readonly backend: Backend;
  #early: Update[] | null = [];
  readonly #hear: (update: Update) => void;

  constructor(backend: Backend) {
    this.backend = backend;
    this.reading = new Reading(backend, (failure) => this.report(failure));
    this.#hear = batch((updates) => this.#take(updates));
  }

  get feeds(): readonly Feed[] {
    return this.world.feeds;
  }

  get history() {
    return seen(this.world);
  }

  /** The feed that is looked at, or null for all. */
  get feed(): Feed | null {
    const id = this.world.scoped?.feed;
    return id == null ? null : (this.feedOf(id) ?? null);
  }

  get unread(): number {
    return this.world.feeds.reduce((sum, feed) => sum + feed.unread, 0);
  }

  feedOf(id: string): Feed | undefined {
    return this.world.feeds.find((feed) => feed.id === id);
  }

  /** Attaches to the engine; what is heard before the snapshot is there waits for it. */
  async start(): Promise<void> {
    this.phase = "starting";
    this.#early = [];
    try {
      const snapshot = await this.backend.attach(this.#hear);
      const early = this.#early ?? [];
      this.#early = null;
      this.world = fromSnapshot(this.world, snapshot);
      this.phase = "ready";
      this.#take(early);
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
      this.phase = "failed";
    }
  }

  /** Takes in a feed that a command gave back, ahead of the update about it. */
  know(feed: Feed): void {
    if (this.feedOf(feed.id) === undefined) this.world = apply(this.world, { kind: "feed", feed });
  }

  /** Looks at one feed, or at all. */
  look(feed: string | null): void {
    if ((this.world.scoped?.feed ?? null) === feed) return;
    this.world = look(this.world, feed);
    if (feed !== null && this.reading.row?.feed !== feed) this.reading.clear();
    this.older = "idle";
  }

  /** Chooses an event; `passing` while it is only browsed past. */
  read(id: string, passing = false): void {
    this.reading.choose(id, rowOf(this.world.all.rows, id) ?? rowOf(this.history.rows, id), passing);
  }

  /** Loads the page below what is loaded of the list that is looked at. */
  async loadOlder(): Promise<void> {
    const { feed, rows, more } = this.history;
    if (!more || this.older === "loading") return;
    const before = rows[0]?.id ?? null;
    this.older = "loading";
    try {
      const page = await this.backend.page(feed, before, PAGE_ROWS);
      if (this.history.feed !== feed) return;
      // The list was replaced or cut meanwhile: this page would leave a gap above it.
      if (before !== null && this.history.rows[0]?.id !== before) {
        this.older = "idle";
        return;
      }
      const history = loadOlder(this.history, page.rows, page.more);
      this.world = feed === null ? { ...this.world, all: history } : { ...this.world, scoped: history };
      this.older = "idle";
    } catch (thrown) {
      if (this.history.feed !== feed) return;
      this.older = "failed";
      this.report(failureOf(thrown));
    }
  }

  mark(scope: Scope, read: boolean): Promise<boolean> {
    return this.ask(this.backend.markRead(scope, read));
  }

  /** Waits for something asked of the engine and says so where it failed. */
  async ask(asked: Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await asked;
      if (done !== undefined) this.notices.say(done);
      return true;
    } catch (thrown) {
      this.report(failureOf(thrown));
      return false;
    }
  }

  report(failure: Failure): void {
    this.notices.say(failure.message, "failed");
  }

  /** Copies text and says how it went. */
  async copy(value: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
      this.notices.say(text.event.copied);
    } catch {
      this.notices.say(text.event.copyFailed, "failed");
    }
  }

  #take(updates: readonly Update[]): void {
    if (this.#early !== null) {
      this.#early.push(...updates);
      return;
    }
    let { world } = this;
    for (const update of updates) world = apply(world, update);
    this.world = world;
    this.reading.follow(world, updates);
    for (const update of updates) if (update.kind === "open") this.#summon(update.event);
  }

  #summon(event: string | null): void {
    if (event === null) return;
    const row = rowOf(this.world.all.rows, event);
    if (row === undefined || row.feed !== this.world.scoped?.feed) this.look(null);
    this.read(event);
    this.summons++;
  }
}
