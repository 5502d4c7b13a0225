// The window's session with the engine: what is known, what is looked at, what is asked.
import type { Backend } from "../ipc/backend";
import type { EventRow, ExportFormat, Failure, Feed, Rule, SavedSearch, Scope, Snapshot, Update } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { text } from "../text";
import { batch } from "./batch";
import { Bin } from "./bin.svelte";
import { changed, Finding } from "./finding.svelte";
import { compareIds, type History, join, loadNewer, loadOlder, meaning, part, rowOf, takeBack, withoutNewest } from "./history";
import { Notices } from "./notices.svelte";
import { Reading } from "./reading.svelte";
import type { Single } from "./single";
import { Searches } from "./searches.svelte";
import { apply, fromSnapshot, look, seen, UNKNOWN, type World } from "./world";

/** Rows asked for at once: several screens, painted in a frame. */
const PAGE_ROWS = 200;

/** The engine changes no more at once. */
export const SCOPE_EVENTS = 5_000;

/** Stars that are asked for side by side. */
const STARS_AT_ONCE = 50;

/** A number that a feed's events hold. */
export type Numbered = { readonly feed: string; readonly path: string };

export class Session {
  world = $state.raw<World>(UNKNOWN);
  phase = $state<"starting" | "ready" | "failed">("starting");
  /** Why the engine could not be reached. */
  trouble = $state("");
  /** A rule that was begun from an event and waits to be written. */
  begun = $state.raw<Rule | null>(null);
  /** A number of a feed that is to become a tile. */
  charted = $state.raw<Numbered | null>(null);
  /** A setting that somebody looks for. */
  sought = $state.raw<Single | null>(null);
  /** Grows when a popup was clicked, so that views bring the event into sight. */
  summons = $state(0);
  /** A feed that a person agreed to try, until a dialog takes it. */
  proposed = $state.raw<{ url: string; name: string } | null>(null);
  /** How many of them the list has answered, so that another list doesn't answer them again. */
  answered = 0;

  readonly notices = new Notices();
  readonly bin = new Bin();
  readonly finding: Finding;
  readonly searches: Searches;
  readonly reading: Reading;
  readonly backend: Backend;
  /** The rows around whoever reads far below the newest events. */
  #away = $state.raw<History | null>(null);
  #newer = false;
  #older = $state<"idle" | "loading" | "failed">("idle");
  #early: Update[] | null = [];
  readonly #hear: (update: Update) => void;

  constructor(backend: Backend) {
    this.backend = backend;
    this.reading = new Reading(backend, (failure) => this.report(failure));
    this.searches = new Searches(backend);
    this.finding = new Finding(backend, {
      feed: () => this.#scope,
      newest: () => this.world.all.rows.at(-1)?.id ?? null,
      report: (failure) => this.report(failure),
    });
    this.#hear = batch((updates) => this.#take(updates));
  }

  get feeds(): readonly Feed[] {
    return this.world.feeds;
  }

  /** The list that is shown: what a search found, or all of it. */
  get history(): History {
    return this.finding.found?.history ?? this.#away ?? seen(this.world);
  }

  /** Differs between lists; stays while one only changes. */
  get shown(): string {
    const { found } = this.finding;
    return found === null ? `${this.#scope}` : `${found.history.feed}?${found.text}`;
  }

  /** Whether an older page is on its way, and whether the last one failed. */
  get older(): "idle" | "loading" | "failed" {
    return this.finding.found === null ? this.#older : this.finding.older;
  }

  /** The feed that is looked at, or null for all. */
  get feed(): Feed | null {
    const id = this.#scope;
    return id === null ? null : (this.feedOf(id) ?? null);
  }

  get #scope(): string | null {
    return this.world.scoped?.feed ?? null;
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
      // What was heard may have been everything already, and newer: the engine was started again meanwhile.
      if (this.#early !== null) this.#begin(snapshot);
    } catch (thrown) {
      if (this.#early === null) return;
      this.trouble = failureOf(thrown).message;
      this.phase = "failed";
    }
  }

  #begin(snapshot: Snapshot): void {
    const early = this.#early ?? [];
    this.#early = null;
    this.world = fromSnapshot(this.world, snapshot);
    this.phase = "ready";
    this.#take(early);
    void this.ask(this.searches.load());
  }

  /** Takes in a feed that a command gave back, ahead of the update about it. */
  know(feed: Feed): void {
    if (this.feedOf(feed.id) === undefined) this.world = apply(this.world, { kind: "feed", feed });
  }

  /** Lets go of a feed that a command removed, ahead of the update about it. */
  lose(feed: string): void {
    this.#take([{ kind: "feedRemoved", feed }]);
  }

  /** Looks at one feed, or at all. */
  look(feed: string | null): void {
    if (this.#scope === feed) return;
    this.world = look(this.world, feed);
    if (feed !== null && this.reading.row?.feed !== feed) this.reading.clear();
    this.#older = "idle";
    this.#away = null;
    this.finding.moved();
  }

  /** Goes back to the newest events. */
  home(): void {
    this.#away = null;
  }

  /** Searches all feeds for what was kept, or for what the window knows itself. */
  recall({ text }: Pick<SavedSearch, "text">): void {
    this.finding.typed = text;
    if (this.#scope === null) void this.finding.ask();
    else this.look(null);
  }

  /** Chooses an event; `passing` while it is only browsed past. */
  read(id: string, passing = false): void {
    this.reading.choose(id, this.#known(id), passing);
  }

  /** Loads the page below what is loaded of the list that is looked at. */
  async loadOlder(): Promise<void> {
    if (this.finding.found !== null) return this.finding.loadOlder();
    const { feed, rows, more } = this.#away ?? seen(this.world);
    if (!more || this.#older === "loading") return;
    const before = rows[0]?.id ?? null;
    this.#older = "loading";
    try {
      const page = await this.backend.page(feed, before, PAGE_ROWS);
      const list = this.#away ?? seen(this.world);
      if (list.feed !== feed) return;
      this.#older = "idle";
      // The list was replaced or cut meanwhile: this page would leave a gap above it.
      if (before !== null && list.rows[0]?.id !== before) return;
      this.#grow(loadOlder(list, page.rows, page.more));
    } catch (thrown) {
      if (seen(this.world).feed !== feed) return;
      this.#older = "failed";
      this.report(failureOf(thrown));
    }
  }

  /** Loads the page above what is loaded, until the newest events are reached again. */
  async loadNewer(): Promise<void> {
    const away = this.#away;
    const top = away?.rows.at(-1);
    if (away === null || top === undefined || this.#newer || this.finding.found !== null) return;
    this.#newer = true;
    try {
      const answer = await this.backend.search("", away.feed, { kind: "newer", id: top.id }, "newest", PAGE_ROWS);
      if (this.#away?.rows.at(-1)?.id !== top.id || answer.kind === "wrong") return;
      const grown = loadNewer(this.#away, answer.rows);
      const joined = join(grown, seen(this.world), answer.rows.length === 0 && answer.newer === null);
      this.#away = joined === null ? grown : null;
      if (joined !== null) this.#grow(joined);
    } catch (thrown) {
      this.report(failureOf(thrown));
    } finally {
      this.#newer = false;
    }
  }

  mark(scope: Scope, read: boolean): Promise<boolean> {
    return this.ask(this.backend.markRead(scope, read));
  }

  async star({ id, starred }: EventRow): Promise<void> {
    if (await this.ask(this.backend.star(id, !starred))) this.notices.aside = starred ? text.event.unstarred : text.event.starred;
  }

  /** Marks those of some events that aren't so yet. */
  async markRows(rows: readonly EventRow[], read: boolean): Promise<void> {
    const ids = rows.filter((row) => row.read !== read).map(({ id }) => id);
    for (let from = 0; from < ids.length; from += SCOPE_EVENTS) await this.mark(scopeOf(ids.slice(from, from + SCOPE_EVENTS)), read);
  }

  /** Stars those of some events that have no star, or takes the stars of all where each has one. */
  async starRows(rows: readonly EventRow[]): Promise<void> {
    const starred = rows.some((row) => !row.starred);
    const changed = rows.filter((row) => row.starred !== starred);
    for (let from = 0; from < changed.length; from += STARS_AT_ONCE) {
      const stars = changed.slice(from, from + STARS_AT_ONCE).map(({ id }) => this.backend.star(id, starred));
      if (!(await this.ask(Promise.all(stars)))) return;
    }
    this.notices.aside = starred ? text.event.starred : text.event.unstarred;
  }

  /** Deletes some events; one undo brings all of them back. */
  async deleteRows(rows: readonly EventRow[]): Promise<void> {
    const ids = rows.map(({ id }) => id);
    const scopes: Scope[] = [];
    for (let from = 0; from < ids.length; from += SCOPE_EVENTS) scopes.push(scopeOf(ids.slice(from, from + SCOPE_EVENTS)));
    await this.#delete(scopes, (events) => (rows.length === 1 ? text.bin.event(rows[0]!.title) : text.bin.events(events)));
  }

  /** Deletes the events of a feed. */
  async empty(feed: Feed): Promise<void> {
    await this.#delete([{ kind: "feed", feed: feed.id }], (events) => text.bin.feed(feed.name, events));
  }

  /** Brings back what was deleted last. */
  async undo(): Promise<void> {
    const deleted = this.bin.take();
    if (deleted === null || !(await this.ask(Promise.all(deleted.numbers.map((number) => this.backend.undo(number)))))) return;
    deleted.restore();
    this.notices.aside = text.bin.undone;
  }

  /** Writes what the list shows into a file; tells whether the person chose one. */
  async export(format: ExportFormat): Promise<boolean> {
    try {
      const done = await this.backend.exportEvents(this.finding.found?.text ?? "", this.history.feed, format);
      if (done !== null) this.notices.say(text.exporting.done(done.events, done.path));
      return done !== null;
    } catch (thrown) {
      this.report(failureOf(thrown));
      return false;
    }
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
    this.notices.say(failure.message, failure.code === "stopped" ? "done" : "failed");
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
      const whole = updates.findLastIndex(({ kind }) => kind === "snapshot");
      const told = updates[whole];
      this.#early = told === undefined ? [...this.#early, ...updates] : updates.slice(whole + 1);
      if (told?.kind === "snapshot") this.#begin(told.snapshot);
      return;
    }
    const scope = this.#scope;
    this.world = updates.reduce(apply, this.world);
    this.finding.follow(updates);
    this.#followAway(updates);
    if (this.#scope !== scope) this.finding.moved();
    if (this.reading.id !== null) this.reading.follow(this.#known(this.reading.id), updates);
    for (const update of updates) {
      if (update.kind === "open") this.#summon(update.event);
      if (update.kind === "proposed") this.proposed = update;
    }
  }

  /** Takes a longer list over, and apart where it is full. */
  #grow(history: History): void {
    if (this.#away !== null) {
      this.#away = withoutNewest(history);
      return;
    }
    const { live, away } = part(history) ?? { live: history, away: null };
    this.#away = away;
    this.world = history.feed === null ? { ...this.world, all: live } : { ...this.world, scoped: live };
  }

  /** Keeps the rows further down true to what was just heard. */
  #followAway(updates: readonly Update[]): void {
    for (const update of updates) {
      if (this.#away === null) return;
      if (update.kind === "read" || update.kind === "starred" || update.kind === "deleted" || update.kind === "feedRemoved") this.#away = changed(this.#away, update);
    }
    if (this.#away !== null && (this.#away.rows.length === 0 || this.#away.feed !== this.#scope)) this.#away = null;
  }

  /** Gives the row of an event where a list has it. */
  #known(id: string): EventRow | undefined {
    return rowOf(this.world.all.rows, id) ?? rowOf(seen(this.world).rows, id) ?? rowOf(this.history.rows, id);
  }

  async #delete(scopes: readonly Scope[], said: (events: number) => string): Promise<void> {
    const restores = scopes.map((scope) => this.#restorer(scope));
    const numbers: number[] = [];
    let count = 0;
    try {
      for (const scope of scopes) {
        const { number, events } = await this.backend.delete(scope);
        numbers.push(number);
        count += events;
      }
    } catch (thrown) {
      this.report(failureOf(thrown));
    }
    // What was deleted before something failed can be brought back too.
    if (numbers.length > 0) this.bin.add({ numbers, text: said(count), restore: () => restores.slice(0, numbers.length).forEach((restore) => restore()) });
  }

  /** Keeps the rows that a deletion takes out of the lists, because the engine tells of the newest ones only. */
  #restorer(scope: Scope): () => void {
    const { all } = this.world;
    const scoped = this.world.scoped ?? all;
    const dropped = [all, scoped].map(({ rows }) => rows.filter(meaning(scope)));
    const chosen = scope.kind === "event" || scope.kind === "events";
    const floor = ({ rows, more }: History) => (chosen || !more ? null : (rows[0]?.id ?? null));
    const floors = [floor(all), floor(scoped)] as const;
    const lost = (chosen ? this.#away?.rows.filter(meaning(scope)) : null) ?? [];
    const found = this.finding.found;
    const hits = chosen && found !== null ? found.history.rows.filter(meaning(scope)) : [];
    return () => {
      const { world, finding } = this;
      // Another feed may be looked at meanwhile: the list of all knows what belongs to it.
      const at = world.scoped?.feed === scoped.feed ? 1 : 0;
      this.world = {
        ...world,
        all: takeBack(world.all, dropped[0]!, floors[0]),
        scoped: world.scoped && takeBack(world.scoped, dropped[at]!, floors[at]),
      };
      const top = this.#away?.rows.at(-1)?.id ?? "";
      if (this.#away !== null) this.#away = takeBack(this.#away, lost.filter(({ id }) => compareIds(id, top) < 0), null);
      if (!chosen) finding.moved();
      else if (finding.found?.text === found?.text) finding.restore(hits);
    };
  }

  #summon(event: string | null): void {
    if (event === null) return;
    const row = rowOf(this.world.all.rows, event);
    this.finding.clear();
    this.home();
    if (row === undefined || row.feed !== this.#scope) this.look(null);
    this.read(event);
    this.summons++;
  }
}

function scopeOf(ids: string[]): Scope {
  return ids.length === 1 ? { kind: "event", id: ids[0]! } : { kind: "events", ids };
}
