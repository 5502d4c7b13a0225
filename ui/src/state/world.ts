// Everything the window knows of the engine, and how one update changes it: pure.
import type { Feed, Mute, Problem, Snapshot, Update, Window, Work } from "../ipc/bindings";
import { arrive, drop, forget, type History, historyOf, mark, narrow, replace, star } from "./history";

export type World = {
  readonly feeds: readonly Feed[];
  readonly paused: boolean;
  /** Whether all popups are muted; a time that has passed means they aren't. */
  readonly mute: Mute;
  /** How the window looks and behaves. */
  readonly window: Window;
  readonly problems: readonly Problem[];
  /** Long work that is under way. */
  readonly works: readonly Work[];
  /** The events of all feeds. */
  readonly all: History;
  /** The events of the feed that is looked at, if it is only one. */
  readonly scoped: History | null;
};

/** The world before the engine has answered. */
export const UNKNOWN: World = {
  feeds: [],
  paused: false,
  mute: { kind: "off" },
  window: { theme: "system", density: "comfortable", textPercent: 100, onClose: "tray", hiddenAtLogin: true, language: "system" },
  problems: [],
  works: [],
  all: historyOf(null, [], false),
  scoped: null,
};

/** Gives the world a snapshot describes; what was loaded further down stays where it fits. */
export function fromSnapshot(world: World, snapshot: Snapshot): World {
  const feeds = new Map(snapshot.feeds.map((feed) => [feed.id, feed]));
  const { scoped } = world;
  return {
    feeds: snapshot.feeds,
    paused: snapshot.paused,
    mute: snapshot.mute,
    window: snapshot.window,
    problems: snapshot.problems,
    works: snapshot.works,
    all: replace(world.all, snapshot.recent, feeds),
    scoped: scoped?.feed != null && feeds.has(scoped.feed) ? replace(scoped, snapshot.recent, feeds) : null,
  };
}

/** Gives the world after one update. Updates carry absolute values: the same one twice does no harm. */
export function apply(world: World, update: Update): World {
  switch (update.kind) {
    case "snapshot":
      return fromSnapshot(world, update.snapshot);
    case "feed":
      return { ...world, feeds: withFeed(world.feeds, update.feed) };
    case "feedRemoved":
      return withoutFeed(world, update.feed);
    case "state":
      return { ...world, feeds: changed(world.feeds, update.feed, { state: update.state }) };
    case "unread":
      return { ...world, feeds: changed(world.feeds, update.feed, { unread: update.unread }) };
    case "arrived":
      return histories(world, (history) => arrive(history, update.rows));
    case "read":
      return histories(world, (history) => mark(history, update.scope, update.read));
    case "starred":
      return histories(world, (history) => star(history, update.id, update.starred));
    case "deleted":
      return histories(world, (history) => drop(history, update.scope, update.until));
    case "restored":
      return histories(world, (history) => replace(history, update.rows.toReversed(), new Map(world.feeds.map((feed) => [feed.id, feed]))));
    case "paused":
      return { ...world, paused: update.paused };
    case "muted":
      return { ...world, mute: update.mute };
    case "window":
      return { ...world, window: update.window };
    case "problems":
      return { ...world, problems: update.problems };
    case "works":
      return { ...world, works: update.works };
    case "open":
    case "proposed":
      // A wish, not a change: the session answers it.
      return world;
  }
}

/** Gives the world as seen through one feed, or through all. */
export function look(world: World, feed: string | null): World {
  return { ...world, scoped: feed === null ? null : narrow(world.all, feed) };
}

/** Gives the list that is looked at. */
export function seen(world: World): History {
  return world.scoped ?? world.all;
}

function histories(world: World, change: (history: History) => History): World {
  return { ...world, all: change(world.all), scoped: world.scoped && change(world.scoped) };
}

function withFeed(feeds: readonly Feed[], feed: Feed): Feed[] {
  const known = feeds.some((each) => each.id === feed.id);
  return known ? feeds.map((each) => (each.id === feed.id ? feed : each)) : [...feeds, feed];
}

function withoutFeed(world: World, feed: string): World {
  return {
    ...world,
    feeds: world.feeds.filter((each) => each.id !== feed),
    all: forget(world.all, feed),
    scoped: world.scoped?.feed === feed ? null : world.scoped,
  };
}

function changed(feeds: readonly Feed[], id: string, change: Partial<Feed>): Feed[] {
  return feeds.map((feed) => (feed.id === id ? { ...feed, ...change } : feed));
}
