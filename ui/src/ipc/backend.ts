// What the window asks of the program behind it; every function rejects with a Failure.
import type { About, AddedFeeds, Chart, Deletion, EventDetail, ExportDone, ExportFormat, Feed, FeedDraft, FeedNumbers, Health, ImportedEvents, Keep, Kept, Language, Line, Listing, MuteFor, Network, Order, Page, Picture, Place, PopupStep, Probe, ProxyDraft, Quiet, Rehearsal, Rule, RuleFault, SavedSearch, Scope, SearchAnswer, SecretsHome, Seen, Snapshot, Span, TemplateFault, Templates, Tile, Trial, Update, Window } from "./bindings";

export interface Backend {
  /** Gives what is, then calls `hear` with every change after it, in order. */
  attach(hear: (update: Update) => void): Promise<Snapshot>;
  /** Ends Tidings, wherever its engine runs. */
  quit(): Promise<void>;
  addFeed(draft: FeedDraft): Promise<Feed>;
  editFeed(feed: string, draft: FeedDraft): Promise<Feed>;
  /** Takes a picture that the person chooses; null if they chose none. */
  choosePicture(): Promise<Picture | null>;
  /** Removes a feed with its events and its secrets. */
  removeFeed(feed: string): Promise<void>;
  /** Subscribes to the feeds that the app itself serves, and gives them. */
  addDemo(): Promise<Feed[]>;
  /** Removes all feeds of the demo with their events. */
  removeDemo(): Promise<void>;
  enableFeed(feed: string, enabled: boolean): Promise<void>;
  /** Tries an address; `feed` lends its stored secrets where the draft keeps them. */
  probe(draft: FeedDraft, feed: string | null): Promise<Probe>;
  /** Gives events older than `before`, newest first. */
  page(feed: string | null, before: string | null, limit: number): Promise<Page>;
  event(id: string): Promise<EventDetail>;
  markRead(scope: Scope, read: boolean): Promise<void>;
  /** Finds events in all feeds or one; a page with few rows or none may have a way on. */
  search(text: string, feed: string | null, place: Place, order: Order, limit: number): Promise<SearchAnswer>;
  /** Gives the searches that are kept by a name, in their order. */
  searches(): Promise<SavedSearch[]>;
  setSearches(searches: SavedSearch[]): Promise<void>;
  star(id: string, starred: boolean): Promise<void>;
  /** Deletes events; for 30 seconds that can be undone. */
  delete(scope: Scope): Promise<Deletion>;
  undo(deletion: number): Promise<void>;
  /** Writes what a search shows, an empty one everything, into a file that the person chooses; null if they chose none. */
  exportEvents(text: string, feed: string | null, format: ExportFormat): Promise<ExportDone | null>;
  pause(paused: boolean): Promise<void>;
  /** Mutes the popups of a feed, or of all, or unmutes them. */
  mute(feed: string | null, span: MuteFor): Promise<void>;
  /** Answers what is to be done about a feed that sends more than popups can show: its popups stay, or end. */
  settleBursts(feed: string, popups: boolean): Promise<void>;
  quiet(): Promise<Quiet>;
  setQuiet(quiet: Quiet): Promise<void>;
  rules(): Promise<Rule[]>;
  /** Sets the rules and gives what is wrong with them; where anything is, nothing is changed. */
  setRules(rules: Rule[]): Promise<RuleFault[]>;
  /** Tells what rules would have done with the newest events of a feed, or of all. */
  tryRules(rules: Rule[], feed: string | null): Promise<Trial>;
  /** Gives what a feed sent lately, or all feeds. */
  seen(feed: string | null): Promise<Seen>;
  templates(feed: string): Promise<Templates>;
  /** Sets a feed's templates and gives what is wrong with them; where anything is, nothing is changed. */
  setTemplates(feed: string, templates: Templates): Promise<TemplateFault[]>;
  tryTemplates(feed: string, templates: Templates): Promise<Rehearsal>;
  /** Dials a feed, or all, at once. */
  reconnect(feed: string | null): Promise<void>;
  retryKeyring(): Promise<void>;
  /** Opens the link of a stored event, or the action at a place, outside the window. */
  openLink(event: string, action: number | null): Promise<void>;
  /** Shows a popup and tells what happened at each step. */
  testPopup(): Promise<PopupStep[]>;
  /** Gives what a feed's connection went through. */
  health(feed: string): Promise<Health>;
  /** Gives a report without secrets and events, as plain text. */
  diagnostics(): Promise<string>;
  /** Gives how much of the history is kept, and how much there is. */
  keep(feed: string | null): Promise<Kept>;
  /** What is too much is removed soon. */
  setKeep(feed: string | null, keep: Keep): Promise<void>;
  /** Gives the tiles of the dashboard; null where nobody has chosen any yet. */
  tiles(): Promise<Tile[] | null>;
  setTiles(tiles: Tile[]): Promise<void>;
  /** Gives the numbers that the newest events of a feed hold. */
  numbers(feed: string): Promise<FeedNumbers>;
  /** Gives what lines show in a time, as far as it follows the event that a chart of before reached. */
  chart(lines: Line[], span: Span, after: string | null): Promise<Chart>;
  /** Gives what the engine says in another language, by its English; `{}` stands for the same words in both. */
  sentences(language: Language): Promise<[string, string][]>;
  setWindow(window: Window): Promise<void>;
  /** Gives the proxy of all feeds without one of their own. */
  network(): Promise<Network>;
  /** Sets that proxy; the feeds it concerns are dialled again. */
  setNetwork(proxy: ProxyDraft, secrets: SecretsHome): Promise<void>;
  /** Tells whether the app starts with the person's session; null where that can't be set. */
  login(): Promise<boolean | null>;
  setLogin(on: boolean): Promise<void>;
  /** Reads a list of feeds; nothing is added. */
  previewFeeds(text: string): Promise<Listing>;
  /** Adds the feeds of a list that stand at these places. */
  addFeeds(text: string, chosen: number[], secrets: SecretsHome): Promise<AddedFeeds>;
  /** Takes events in from a file that the person chooses; null if they chose none. */
  importEvents(): Promise<ImportedEvents | null>;
  /** Writes feeds and settings into a file that the person chooses and gives its path; null if they chose none. */
  exportSettings(): Promise<string | null>;
  /** Stops long work that may be stopped; what becomes of it, its own answer says. */
  stopWork(number: number): Promise<void>;
  about(): Promise<About>;
}
