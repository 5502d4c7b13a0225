// A list of events as far as it is loaded: ordered by id, grouped by day, bounded.
import type { EventRow, Scope } from "../ipc/bindings";

/** A run of neighbouring events that arrived on the same local day. */
export type Day = { key: number; atMs: number; count: number };

/**
 * Events of one feed or of all, oldest first, so that what arrives is appended.
 *
 * The arrays are changed in place and the object around them is replaced: appending stays cheap
 * however much is loaded, and whoever compares objects still sees the change.
 */
export type History = {
  /** The feed, or null for all of them. */
  readonly feed: string | null;
  readonly rows: EventRow[];
  readonly days: Day[];
  /** Whether older events can be loaded. */
  readonly more: boolean;
  /** Whether it ends below the newest event: what arrives is not its own, and newer events can be loaded. */
  readonly newer?: boolean;
  /** Stays the same object while rows are only appended or change in themselves. */
  readonly order: object;
};

/** A list holds no more; at about 600 bytes a row that is 6 MB, and folding it anew takes a few milliseconds. */
export const ROWS_MAX = 10_000;
/** Rows dropped at once when the list is full, so that the dropping is rare. */
const ROWS_DROPPED = 2_000;
/** Of a list that goes on far below, so many of the newest rows are kept for the way back. */
const ROWS_LIVE = 1_000;

/** Orders ids, which are whole numbers as text and may be larger than a number can hold. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Gives the index of the first row that is newer than `id`: the number of rows up to and with it. */
export function countUpTo(rows: readonly EventRow[], id: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(rows[middle]!.id, id) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Gives the row with this id where it is loaded. */
export function rowOf(rows: readonly EventRow[], id: string): EventRow | undefined {
  const row = rows[countUpTo(rows, id) - 1];
  return row?.id === id ? row : undefined;
}

/** Names the local day of an instant. */
export function dayKey(atMs: number): number {
  const date = new Date(atMs);
  return date.getFullYear() * 10_000 + (date.getMonth() + 1) * 100 + date.getDate();
}

/** Makes a list of what is known, newest first as pages come. */
export function historyOf(feed: string | null, newestFirst: readonly EventRow[], more: boolean): History {
  const rows = newestFirst.filter((row) => feed === null || row.feed === feed).reverse();
  return { feed, rows, days: daysOf(rows), more, order: {} };
}

/** Gives the part of the list of all that belongs to one feed; how much more there is must be asked. */
export function narrow(all: History, feed: string): History {
  const rows = all.rows.filter((row) => row.feed === feed);
  return { feed, rows, days: daysOf(rows), more: true, order: {} };
}

/** Takes in what arrived, oldest first; rows already known are replaced. */
export function arrive(history: History, arrived: readonly EventRow[]): History {
  const { rows, days } = history;
  let regroup = false;
  let changed = false;
  for (const row of arrived) {
    if (history.feed !== null && row.feed !== history.feed) continue;
    changed = true;
    const newest = rows.at(-1);
    if (newest === undefined || compareIds(row.id, newest.id) > 0) {
      rows.push(row);
      extend(days, row);
      continue;
    }
    const end = countUpTo(rows, row.id);
    if (rows[end - 1]?.id === row.id) {
      rows[end - 1] = row;
    } else if (end > 0 || !history.more) {
      // Older than everything loaded while more can be loaded: it comes with its page.
      rows.splice(end, 0, row);
      regroup = true;
    }
  }
  if (!changed) return history;
  const kept = rows.length > ROWS_MAX ? dropOldest(history) : history;
  return regroup ? { ...kept, days: daysOf(rows), order: {} } : { ...kept };
}

/** Takes in an older page, newest first. */
export function loadOlder(history: History, page: readonly EventRow[], more: boolean): History {
  const oldest = history.rows[0];
  const older = page.filter((row) => oldest === undefined || compareIds(row.id, oldest.id) < 0).reverse();
  const rows = older.concat(history.rows);
  return { ...history, rows, days: daysOf(rows), more, order: {} };
}

/** Marks what the scope means as read or unread. */
export function mark(history: History, scope: Scope, read: boolean): History {
  const { rows } = history;
  let changed = false;
  const set = (index: number) => {
    const row = rows[index];
    if (row === undefined || row.read === read) return;
    rows[index] = { ...row, read };
    changed = true;
  };
  if (scope.kind === "event") {
    const index = countUpTo(rows, scope.id) - 1;
    if (rows[index]?.id === scope.id) set(index);
  } else {
    const means = meaning(scope);
    for (let index = 0; index < rows.length; index++) if (means(rows[index]!)) set(index);
  }
  return changed ? { ...history } : history;
}

/** Stars an event or takes its star. */
export function star(history: History, id: string, starred: boolean): History {
  const { rows } = history;
  const index = countUpTo(rows, id) - 1;
  const row = rows[index];
  if (row?.id !== id || row.starred === starred) return history;
  rows[index] = { ...row, starred };
  return { ...history };
}

/** Forgets what the scope means, up to one event. */
export function drop(history: History, scope: Scope, until: string): History {
  const means = meaning(scope);
  const rows = history.rows.filter((row) => !means(row) || compareIds(row.id, until) > 0);
  return rows.length === history.rows.length ? history : { ...history, rows, days: daysOf(rows), order: {} };
}

/** Gives what tells whether a scope means an event. */
export function meaning(scope: Scope): (row: EventRow) => boolean {
  switch (scope.kind) {
    case "event":
      return ({ id }) => id === scope.id;
    case "events": {
      const ids = new Set(scope.ids);
      return ({ id }) => ids.has(id);
    }
    case "feed":
      return ({ feed }) => feed === scope.feed;
    case "all":
      return () => true;
  }
}

/**
 * Takes rows back that were dropped, oldest first.
 *
 * Below `floor`, the oldest row that was loaded when they were dropped, others may be missing that were dropped with
 * them: that part is loaded again. Null where nothing can be missing there.
 */
export function takeBack(history: History, dropped: readonly EventRow[], floor: string | null): History {
  const known = floor === null ? history.rows : history.rows.filter(({ id }) => compareIds(id, floor) >= 0);
  const more = history.more || floor !== null;
  const oldest = floor ?? history.rows[0]?.id;
  const loaded = (id: string) => !more || (oldest !== undefined && compareIds(id, oldest) >= 0);
  const back = dropped.filter((row) => (history.feed === null || row.feed === history.feed) && loaded(row.id) && rowOf(known, row.id) === undefined);
  const rows = [...known, ...back].sort((a, b) => compareIds(a.id, b.id));
  return { ...history, rows, days: daysOf(rows), more, order: {} };
}

/** Forgets the events of a feed. */
export function forget(history: History, feed: string): History {
  const rows = history.rows.filter((row) => row.feed !== feed);
  return rows.length === history.rows.length ? history : { ...history, rows, days: daysOf(rows), order: {} };
}

/**
 * Replaces a list by a snapshot's newest events after updates were lost.
 *
 * Older rows stay where the snapshot reaches down to what was known: without a gap between them,
 * whoever reads further down keeps their place.
 */
export function replace(history: History, recent: readonly EventRow[], feeds: ReadonlyMap<string, { unread: number }>): History {
  const fresh = historyOf(history.feed, recent, true);
  const bottom = recent.at(-1);
  const top = history.rows.at(-1);
  if (bottom === undefined || top === undefined || compareIds(top.id, bottom.id) < 0) return fresh;
  const older: EventRow[] = [];
  for (const row of history.rows) {
    const feed = feeds.get(row.feed);
    if (feed === undefined || compareIds(row.id, bottom.id) >= 0) continue;
    older.push(feed.unread === 0 && !row.read ? { ...row, read: true } : row);
  }
  const rows = older.concat(fresh.rows);
  return { ...fresh, rows, days: daysOf(rows), more: history.more };
}

function extend(days: Day[], row: EventRow): void {
  const key = dayKey(row.receivedAtMs);
  const last = days.at(-1);
  if (last?.key === key) days[days.length - 1] = { ...last, count: last.count + 1 };
  else days.push({ key, atMs: row.receivedAtMs, count: 1 });
}

function daysOf(rows: readonly EventRow[]): Day[] {
  const days: Day[] = [];
  for (const row of rows) extend(days, row);
  return days;
}

function dropOldest(history: History): History {
  const { rows, days } = history;
  rows.splice(0, ROWS_DROPPED);
  days.splice(0, days.length, ...daysOf(rows));
  return { ...history, more: true, order: {} };
}

/**
 * Takes a full list apart: its newest rows, which stay live, and the rows around whoever reads further down.
 *
 * Null where it isn't full. Between the two are rows that are loaded again by whoever goes back up.
 */
export function part(history: History): { live: History; away: History } | null {
  const { rows } = history;
  if (rows.length <= ROWS_MAX) return null;
  const kept = rows.slice(-ROWS_LIVE);
  return { live: { ...history, rows: kept, days: daysOf(kept), more: true, order: {} }, away: withoutNewest(history) };
}

/** Drops the newest rows of a list that is full. */
export function withoutNewest(history: History): History {
  const rows = history.rows.length > ROWS_MAX ? history.rows.slice(0, ROWS_MAX - ROWS_DROPPED) : history.rows;
  return rows === history.rows ? history : { ...history, rows, days: daysOf(rows), newer: true, order: {} };
}

/** Takes in a newer page, newest first as pages come, and drops the oldest rows where the list is full. */
export function loadNewer(history: History, page: readonly EventRow[]): History {
  const newest = history.rows.at(-1);
  const newer = page.filter((row) => newest === undefined || compareIds(row.id, newest.id) > 0).reverse();
  const all = history.rows.concat(newer);
  const rows = all.length > ROWS_MAX ? all.slice(ROWS_DROPPED) : all;
  return { ...history, rows, days: daysOf(rows), more: history.more || rows.length < all.length, order: {} };
}

/** Joins the rows below with the live list, where nothing is missing between them or it is known that nothing is; else null. */
export function join(away: History, live: History, isNext: boolean): History | null {
  const [top, bottom] = [away.rows.at(-1), live.rows[0]];
  if (top === undefined || bottom === undefined || (!isNext && compareIds(top.id, bottom.id) < 0)) return null;
  const all = away.rows.filter((row) => compareIds(row.id, bottom.id) < 0).concat(live.rows);
  const rows = all.slice(-ROWS_MAX);
  return { feed: live.feed, rows, days: daysOf(rows), more: away.more || rows.length < all.length, order: {} };
}
