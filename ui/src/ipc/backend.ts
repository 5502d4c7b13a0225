// What the window asks of the program behind it; every function rejects with a Failure.
import type { Deletion, EventDetail, ExportDone, ExportFormat, Feed, FeedDraft, MuteFor, Order, Page, Place, PopupStep, Probe, Quiet, SavedSearch, Scope, SearchAnswer, Snapshot, Update } from "./bindings";

export interface Backend {
  /** Gives what is, then calls `hear` with every change after it, in order. */
  attach(hear: (update: Update) => void): Promise<Snapshot>;
  addFeed(draft: FeedDraft): Promise<Feed>;
  editFeed(feed: string, draft: FeedDraft): Promise<Feed>;
  /** Removes a feed with its events and its secrets. */
  removeFeed(feed: string): Promise<void>;
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
  quiet(): Promise<Quiet>;
  setQuiet(quiet: Quiet): Promise<void>;
  /** Dials a feed, or all, at once. */
  reconnect(feed: string | null): Promise<void>;
  retryKeyring(): Promise<void>;
  /** Opens the link of a stored event, or the action at a place, outside the window. */
  openLink(event: string, action: number | null): Promise<void>;
  /** Shows a popup and tells what happened at each step. */
  testPopup(): Promise<PopupStep[]>;
}
