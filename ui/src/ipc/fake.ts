// A scripted backend for the browser tests and for working on the window without the engine.
import { isDemo } from "../state/demo";
import { meaning } from "../state/history";
import { UNKNOWN } from "../state/world";
import type { Backend } from "./backend";
import type { AddedFeeds, Deletion, EventDetail, ExportDone, ExportFormat, Failure, Feed, FeedDraft, Keep, Mute, MuteFor, Network, Page, Place, ProxyDraft, Quiet, Rehearsal, Rule, RuleFault, SavedSearch, Scope, SearchAnswer, SecretsHome, Seen, Snapshot, TemplateFault, Templates, Tile, Trial, Update, Window as Dress } from "./bindings";
import { check, checkProxy, iconOf, probe, viewOf } from "./drafts";
import type { Hook } from "./hook";
import { chartOf, instrumentsAt, numbersOf } from "./instruments";
import { faultsOf, rehearse, seenIn, templateFaultsOf, tryRules } from "./judge";
import { lookUp } from "./lookup";
import { listOf } from "./lists";
import { recordOf, REPORT } from "./records";
import { demoFeeds, eventOf, PICTURE, type Scene, sceneOf, storyAt, type Told } from "./scene";
import { sentencesIn } from "./sentences";

const SNAPSHOT_ROWS = 100;

/** Plays the scene that the address names: `?scene=usual|empty|nofeeds|many|ticks|problems|rules|bursting|instruments&live`. */
export function fake(search: string = location.search): Backend {
  const query = new URLSearchParams(search);
  const stage = new Stage(sceneOf(query.get("scene") ?? "usual"));
  window.tidings = stage;
  if (query.has("live")) stage.play();
  return stage.backend();
}

class Stage implements Hook {
  readonly calls: Hook["calls"] = [];
  delayMs = 0;
  saveAs: string | null = "/home/mira/events";
  picks = true;
  readonly #scene: Scene;
  readonly #faults = new Map<keyof Backend, Failure>();
  #hear: (update: Update) => void = () => undefined;
  readonly #bin: EventDetail[][] = [];
  #paused = false;
  #mute: Mute = { kind: "off" };
  #quiet: Quiet = { kind: "off" };
  #searches: SavedSearch[] = [];
  readonly #keep = new Map<string | null, Keep>([[null, { days: 90, events: 100_000, megabytes: 500, bodies: null }]]);
  readonly #templates = new Map<string, Templates>();
  #tiles: Tile[] | null = null;
  #network: Network = { proxy: { kind: "system" }, secrets: "notNeeded" };
  #login: boolean | null = false;
  #window: Dress = UNKNOWN.window;
  #lastId: number;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#lastId = scene.events.length;
  }

  emit(update: Update): void {
    this.#hear(structuredClone(update));
  }

  arrive(...told: Told[]): void {
    const events = told.map((each) => eventOf(++this.#lastId, each));
    this.#scene.events.push(...events);
    this.emit({ kind: "arrived", rows: events.map(({ row }) => row) });
    for (const id of new Set(events.map(({ row }) => row.feed))) this.#count(id);
  }

  flood(perSecond: number, feed = "f3"): () => void {
    let turn = 0;
    const timer = setInterval(() => this.arrive({ ...storyAt(3), feed, title: `BTC ${68_000 + turn++}` }), 1000 / perSecond);
    return () => clearInterval(timer);
  }

  fail(command: keyof Backend, failure: Failure): void {
    this.#faults.set(command, failure);
  }

  /** Tells a story every few seconds, or what instruments show every second. */
  play(): void {
    if (this.#scene.feeds.some(({ id }) => id === "m")) {
      setInterval(() => this.arrive(...instrumentsAt(Math.floor(Date.now() / 1_000))), 1_000);
      return;
    }
    let turn = 0;
    setInterval(() => this.arrive(storyAt(turn++)), 4_000);
  }

  backend(): Backend {
    const asked = <A extends unknown[], R>(command: keyof Backend, does: (...args: A) => R) =>
      async (...args: A): Promise<R> => {
        this.calls.push({ command, args: structuredClone(args.filter((each) => typeof each !== "function")) });
        if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
        const fault = this.#faults.get(command);
        this.#faults.delete(command);
        if (fault !== undefined) throw fault;
        return structuredClone(does(...args));
      };
    return {
      attach: asked("attach", (hear) => this.#attach(hear)),
      quit: asked("quit", () => undefined),
      addFeed: asked("addFeed", (draft) => this.#add(draft)),
      editFeed: asked("editFeed", (id, draft) => this.#edit(id, draft)),
      choosePicture: asked("choosePicture", () => (this.picks ? PICTURE : null)),
      removeFeed: asked("removeFeed", (id) => this.#remove(id)),
      addDemo: asked("addDemo", () => this.#addDemo()),
      removeDemo: asked("removeDemo", () => this.#scene.feeds.filter(isDemo).forEach(({ id }) => this.#remove(id))),
      enableFeed: asked("enableFeed", (id, enabled) => this.#change(id, { enabled, state: enabled ? { kind: "connecting" } : { kind: "disabled" } })),
      probe: asked("probe", (draft) => probe(draft)),
      page: asked("page", (feed, before, limit) => this.#page(feed, before, limit)),
      event: asked("event", (id) => this.#event(id)),
      markRead: asked("markRead", (scope, read) => this.#mark(scope, read)),
      search: asked("search", (text, feed, place, _order, limit) => this.#search(text, feed, place, limit)),
      searches: asked("searches", () => this.#searches),
      setSearches: asked("setSearches", (searches) => void (this.#searches = searches)),
      star: asked("star", (id, starred) => this.#star(id, starred)),
      delete: asked("delete", (scope) => this.#delete(scope)),
      undo: asked("undo", (deletion) => this.#undo(deletion)),
      exportEvents: asked("exportEvents", (text, feed, format) => this.#export(text, feed, format)),
      pause: asked("pause", (paused) => this.#pause(paused)),
      mute: asked("mute", (feed, span) => this.#muteFor(feed, muteOf(span))),
      settleBursts: asked("settleBursts", (feed, popups) => this.#change(feed, { bursting: false, notify: popups })),
      quiet: asked("quiet", () => this.#quiet),
      setQuiet: asked("setQuiet", (quiet) => void (this.#quiet = quiet)),
      rules: asked("rules", () => this.#scene.rules),
      setRules: asked("setRules", (rules) => this.#setRules(rules)),
      tryRules: asked("tryRules", (rules, feed): Trial => tryRules(rules, this.#of(feed), this.#scene.feeds)),
      seen: asked("seen", (feed): Seen => seenIn(this.#of(feed))),
      templates: asked("templates", (feed) => this.#templatesOf(feed)),
      setTemplates: asked("setTemplates", (feed, templates) => this.#setTemplates(feed, templates)),
      tryTemplates: asked("tryTemplates", (feed, templates): Rehearsal => rehearse(templates, this.#of(feed), this.#feed(feed))),
      reconnect: asked("reconnect", (id) => this.#reconnect(id)),
      retryKeyring: asked("retryKeyring", () => this.emit({ kind: "problems", problems: this.#scene.problems.filter(({ part }) => part !== "keyring") })),
      openLink: asked("openLink", (id, _action) => void this.#event(id)),
      testPopup: asked("testPopup", () => [{ fine: true, message: "The notification service answers: dunst 1.9.0 by knopwob." }, { fine: true, message: "It took the test notification." }]),
      health: asked("health", (id) => recordOf(this.#feed(id), Date.now())),
      diagnostics: asked("diagnostics", () => REPORT),
      keep: asked("keep", (feed) => ({ keep: this.#keep.get(feed) ?? { days: 0, events: 0, megabytes: 0, bodies: true }, events: this.#of(feed).length, bytes: 84_500_000 })),
      // What the engine says is told apart in made-up languages too.
      sentences: asked("sentences", sentencesIn),
      setWindow: asked("setWindow", (window) => this.#dress(window)),
      network: asked("network", () => this.#network),
      setNetwork: asked("setNetwork", (proxy, secrets) => this.#setNetwork(proxy, secrets)),
      login: asked("login", () => this.#login),
      setLogin: asked("setLogin", (on) => void (this.#login = on)),
      previewFeeds: asked("previewFeeds", (text) => listOf(text, this.#scene.feeds)),
      addFeeds: asked("addFeeds", (text, chosen) => this.#addAll(text, chosen)),
      importEvents: asked("importEvents", () => (this.saveAs === null ? null : { stored: 120, held: 3, homeless: ["Old radio"], stopped: false })),
      exportSettings: asked("exportSettings", () => this.saveAs && `${this.saveAs}.toml`),
      stopWork: asked("stopWork", () => this.emit({ kind: "works", works: [] })),
      about: asked("about", () => ({ version: "0.1.0", licence: "MIT" })),
      setKeep: asked("setKeep", (feed, keep) => void this.#keep.set(feed, keep)),
      tiles: asked("tiles", () => this.#tiles),
      setTiles: asked("setTiles", (tiles) => void (this.#tiles = tiles)),
      numbers: asked("numbers", (id) => numbersOf(this.#scene.events, this.#feed(id).id)),
      chart: asked("chart", (lines, span, after) => chartOf(this.#scene.events, lines, span, after)),
    };
  }

  #attach(hear: (update: Update) => void): Snapshot {
    this.#hear = hear;
    const { feeds, events, problems } = this.#scene;
    return { feeds, recent: events.slice(-SNAPSHOT_ROWS).reverse().map(({ row }) => row), paused: this.#paused, mute: this.#mute, window: this.#window, problems, works: [] };
  }

  #add(draft: FeedDraft): Feed {
    check(draft);
    const feed: Feed = { ...viewOf(draft, null), icon: iconOf(draft.icon), id: `a${++this.#lastId}`, enabled: true, mute: { kind: "off" }, bursting: false, recognised: null, state: { kind: "connecting" }, unread: 0 };
    this.#scene.feeds.push(feed);
    this.emit({ kind: "feed", feed });
    setTimeout(() => this.#change(feed.id, { state: { kind: "live", sinceMs: Date.now() } }), 50);
    return feed;
  }

  #addDemo(): Feed[] {
    const feeds = demoFeeds().filter(({ id }) => this.#scene.feeds.every((each) => each.id !== id));
    this.#scene.feeds.push(...feeds);
    for (const feed of feeds) this.emit({ kind: "feed", feed });
    return feeds;
  }

  #edit(id: string, draft: FeedDraft): Feed {
    check(draft);
    const { connection, url, recognised } = this.#feed(id);
    const view = viewOf(draft, connection);
    const icon = draft.icon === null ? this.#feed(id).icon : iconOf(draft.icon);
    this.#change(id, { ...view, icon, recognised: view.url === url ? recognised : null });
    return this.#feed(id);
  }

  #remove(id: string): void {
    this.#feed(id);
    this.#scene.feeds = this.#scene.feeds.filter((feed) => feed.id !== id);
    this.#scene.events = this.#scene.events.filter(({ row }) => row.feed !== id);
    this.#tiles = this.#tiles?.filter(({ feed }) => feed !== id) ?? null;
    this.emit({ kind: "feedRemoved", feed: id });
  }

  #page(feed: string | null, before: string | null, limit: number): Page {
    const older = this.#scene.events.filter(({ row }) => (feed === null || row.feed === feed) && (before === null || Number(row.id) < Number(before)));
    return { rows: older.slice(-limit).reverse().map(({ row }) => row), more: older.length > limit };
  }

  #mark(scope: Scope, read: boolean): void {
    const means = meaning(scope);
    for (const { row } of this.#scene.events) if (means(row)) row.read = read;
    this.emit({ kind: "read", scope, read });
    for (const feed of this.#scene.feeds) this.#count(feed.id);
  }

  #search(text: string, feed: string | null, place: Place, limit: number): SearchAnswer {
    return lookUp(this.#scene.events, this.#scene.feeds, text, feed, place, limit);
  }

  #export(text: string, feed: string | null, format: ExportFormat): ExportDone | null {
    const found = this.#search(text, feed, { kind: "newest" }, Infinity);
    if (found.kind === "wrong") throw { code: "invalid", field: null, message: `${found.message} ${found.mend}` } satisfies Failure;
    const ending = { jsonLines: "jsonl", csv: "csv", markdown: "md" }[format];
    return this.saveAs === null ? null : { path: `${this.saveAs}.${ending}`, events: found.rows.length };
  }

  #star(id: string, starred: boolean): void {
    this.#event(id).row.starred = starred;
    this.emit({ kind: "starred", id, starred });
  }

  #delete(scope: Scope): Deletion {
    const means = meaning(scope);
    const gone = this.#scene.events.filter(({ row }) => means(row));
    this.#scene.events = this.#scene.events.filter(({ row }) => !means(row));
    this.#bin.push(gone);
    this.emit({ kind: "deleted", scope, until: String(this.#lastId) });
    for (const feed of this.#scene.feeds) this.#count(feed.id);
    return { number: this.#bin.length, events: gone.length };
  }

  #undo(deletion: number): void {
    const back = this.#bin[deletion - 1] ?? [];
    if (back.length === 0) throw gone("It is too late to undo this: the events are gone.");
    this.#bin[deletion - 1] = [];
    this.#scene.events = [...this.#scene.events, ...back].sort((a, b) => Number(a.row.id) - Number(b.row.id));
    this.emit({ kind: "restored", rows: this.#scene.events.slice(-SNAPSHOT_ROWS).map(({ row }) => row) });
    for (const feed of this.#scene.feeds) this.#count(feed.id);
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    this.emit({ kind: "paused", paused });
    for (const feed of this.#scene.feeds) {
      if (feed.enabled) this.#change(feed.id, { state: paused ? { kind: "paused" } : { kind: "live", sinceMs: Date.now() } });
    }
  }

  #addAll(text: string, chosen: number[]): AddedFeeds {
    const wanted = listOf(text, this.#scene.feeds).feeds.filter((_, at) => chosen.includes(at));
    const [refused, added] = [wanted.filter(({ url }) => url.startsWith("http:")), wanted.filter(({ url }) => !url.startsWith("http:"))];
    for (const { name, url } of added) {
      const feed: Feed = { ...this.#scene.feeds[0]!, id: `a${++this.#lastId}`, name, url, state: { kind: "connecting" }, unread: 0 };
      this.#scene.feeds.push(feed);
      this.emit({ kind: "feed", feed });
    }
    return { added: added.length, refused: refused.map(({ name }) => ({ name, why: "Over http:// everybody on the way can read its secrets. Use https://." })) };
  }

  #setNetwork(proxy: ProxyDraft, secrets: SecretsHome): void {
    checkProxy(proxy);
    if (proxy.kind !== "url") this.#network = { proxy, secrets: "notNeeded" };
    else if (proxy.username === "") this.#network = { proxy: { ...proxy, username: null }, secrets: "notNeeded" };
    else this.#network = { proxy, secrets: secrets === "keyring" ? "kept" : "thisSession" };
  }

  #dress(window: Dress): void {
    this.#window = window;
    this.emit({ kind: "window", window });
  }

  #muteFor(id: string | null, mute: Mute): void {
    if (id !== null) return this.#change(id, { mute });
    this.#mute = mute;
    this.emit({ kind: "muted", mute });
  }

  #setRules(rules: Rule[]): RuleFault[] {
    const faults = faultsOf(rules);
    if (faults.length === 0) this.#scene.rules = structuredClone(rules);
    return faults;
  }

  #templatesOf(feed: string): Templates {
    this.#feed(feed);
    return this.#templates.get(feed) ?? { title: "", body: "", link: "", priority: "", key: "", group: "" };
  }

  #setTemplates(feed: string, templates: Templates): TemplateFault[] {
    this.#feed(feed);
    const faults = templateFaultsOf(templates);
    if (faults.length === 0) this.#templates.set(feed, structuredClone(templates));
    return faults;
  }

  /** Events of a feed, or of all, oldest first. */
  #of(feed: string | null): EventDetail[] {
    return this.#scene.events.filter(({ row }) => feed === null || row.feed === feed);
  }

  #reconnect(id: string | null): void {
    for (const feed of this.#scene.feeds) if (id === null || feed.id === id) this.#change(feed.id, { state: { kind: "connecting" } });
  }

  #count(id: string): void {
    const feed = this.#scene.feeds.find((each) => each.id === id);
    if (feed === undefined) return;
    const unread = this.#scene.events.filter(({ row }) => row.feed === id && !row.read).length;
    if (unread === feed.unread) return;
    feed.unread = unread;
    this.emit({ kind: "unread", feed: id, unread });
  }

  #change(id: string, change: Partial<Feed>): void {
    const feed = this.#scene.feeds.find((each) => each.id === id);
    if (feed === undefined) return;
    Object.assign(feed, change);
    this.emit({ kind: "feed", feed });
  }

  #feed(id: string): Feed {
    const feed = this.#scene.feeds.find((each) => each.id === id);
    if (feed === undefined) throw gone("This feed has been removed.");
    return feed;
  }

  #event(id: string) {
    const event = this.#scene.events.find(({ row }) => row.id === id);
    if (event === undefined) throw gone("This event has been deleted.");
    return event;
  }
}

function muteOf(span: MuteFor): Mute {
  if (span === "hour") return { kind: "until", atMs: Date.now() + 3_600_000 };
  if (span === "tomorrow") return { kind: "until", atMs: new Date(Date.now() + 86_400_000).setHours(8, 0, 0, 0) };
  return { kind: span === "ever" ? "on" : "off" };
}

function gone(message: string): Failure {
  return { code: "gone", field: null, message };
}
