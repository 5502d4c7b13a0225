// Every update changes exactly what it says, and the same update twice changes nothing more.
import { describe, expect, it } from "vitest";

import type { Snapshot, Update } from "../ipc/bindings";
import { feed, page, row } from "./testing";
import { apply, fromSnapshot, look, seen, UNKNOWN, type World } from "./world";

const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({ feeds: [feed("f"), feed("g")], recent: page(5, 1), paused: false, mute: { kind: "off" }, window: UNKNOWN.window, problems: [], works: [], ...more });
const world = (more: Partial<Snapshot> = {}): World => fromSnapshot(UNKNOWN, snapshot(more));
const ids = (of: World) => seen(of).rows.map(({ id }) => id).join(" ");

describe("a snapshot", () => {
  it("is the whole world", () => {
    const of = world({ paused: true, problems: [{ part: "keyring", message: "locked" }] });
    expect(of.feeds.map(({ id }) => id)).toEqual(["f", "g"]);
    expect(of.paused).toBe(true);
    expect(of.problems).toHaveLength(1);
    expect(ids(of)).toBe("1 2 3 4 5");
    expect(of.all.more).toBe(true);
  });

  it("replaces the world when the window fell behind", () => {
    const before = apply(world(), { kind: "unread", feed: "f", unread: 4 });
    const of = apply(before, { kind: "snapshot", snapshot: snapshot({ feeds: [feed("g", { unread: 2 })], recent: page(90, 80, { feed: "g" }) }) });
    expect(of.feeds.map(({ id, unread }) => [id, unread])).toEqual([["g", 2]]);
    expect(of.all.rows).toHaveLength(11);
  });

  it("leaves the feed that is looked at unless it is gone", () => {
    const looking = look(world(), "f");
    expect(apply(looking, { kind: "snapshot", snapshot: snapshot() }).scoped?.feed).toBe("f");
    expect(apply(looking, { kind: "snapshot", snapshot: snapshot({ feeds: [feed("g")] }) }).scoped).toBeNull();
  });
});

describe("feeds", () => {
  it("are added at the end and changed in place", () => {
    const added = apply(world(), { kind: "feed", feed: feed("h") });
    const changed = apply(added, { kind: "feed", feed: feed("f", { name: "renamed" }) });
    expect(changed.feeds.map(({ name }) => name)).toEqual(["renamed", "g", "h"]);
  });

  it("go with their events, and the view goes back to all", () => {
    const of = apply(look(world({ recent: [row(2, { feed: "g" }), row(1)] }), "f"), { kind: "feedRemoved", feed: "f" });
    expect(of.feeds.map(({ id }) => id)).toEqual(["g"]);
    expect(of.scoped).toBeNull();
    expect(ids(of)).toBe("2");
  });

  it("change their state and their count without touching the others", () => {
    const before = world();
    const live = apply(before, { kind: "state", feed: "f", state: { kind: "live", sinceMs: 7 } });
    const of = apply(live, { kind: "unread", feed: "g", unread: 9 });
    expect(of.feeds[0]?.state).toEqual({ kind: "live", sinceMs: 7 });
    expect(of.feeds.map(({ unread }) => unread)).toEqual([0, 9]);
    expect(live.feeds[1]).toBe(before.feeds[1]);
  });

  it("that are unknown change nothing", () => {
    const before = world();
    expect(apply(before, { kind: "unread", feed: "nobody", unread: 9 }).feeds).toEqual(before.feeds);
  });
});

describe("events", () => {
  it("arrive in the list of all and in their feed's", () => {
    const of = apply(look(world(), "f"), { kind: "arrived", rows: [row(6), row(7, { feed: "g" })] });
    expect(of.all.rows.at(-1)?.id).toBe("7");
    expect(ids(of)).toBe("1 2 3 4 5 6");
  });

  it("never count as unread by themselves: counts come as such", () => {
    expect(apply(world(), { kind: "arrived", rows: [row(6)] }).feeds[0]?.unread).toBe(0);
  });

  it("become read in both lists", () => {
    const of = apply(look(world(), "f"), { kind: "read", scope: { kind: "feed", feed: "f" }, read: true });
    expect(of.all.rows.every(({ read }) => read)).toBe(true);
    expect(of.scoped?.rows.every(({ read }) => read)).toBe(true);
  });
});

describe("deletions and stars", () => {
  it("take events away up to the newest one that was meant, and bring them back", () => {
    const before = apply(look(world(), "f"), { kind: "arrived", rows: [row(6)] });
    const without = apply(before, { kind: "deleted", scope: { kind: "feed", feed: "f" }, until: "5" });
    expect(ids(without)).toBe("6");
    expect(without.scoped?.rows.length).toBe(1);
    expect(ids(apply(before, { kind: "deleted", scope: { kind: "event", id: "2" }, until: "6" }))).not.toContain("2");
    const back = apply(without, { kind: "restored", rows: [row(4), row(5), row(6)] });
    expect(back.all.rows.slice(-3).map(({ id }) => id)).toEqual(["4", "5", "6"]);
  });

  it("star one event", () => {
    const of = apply(world(), { kind: "starred", id: "2", starred: true });
    expect(of.all.rows.filter(({ starred }) => starred).map(({ id }) => id)).toEqual(["2"]);
  });
});

it("takes pause and problems as they come", () => {
  const of = apply(apply(world(), { kind: "paused", paused: true }), { kind: "problems", problems: [{ part: "history", message: "full" }] });
  expect(of.paused).toBe(true);
  expect(of.problems[0]?.message).toBe("full");
});

it("takes mutes of all as they come", () => {
  expect(world({ mute: { kind: "on" } }).mute).toEqual({ kind: "on" });
  expect(apply(world(), { kind: "muted", mute: { kind: "until", atMs: 5 } }).mute).toEqual({ kind: "until", atMs: 5 });
});

it("changes nothing when a popup asks for an event", () => {
  const before = world();
  expect(apply(before, { kind: "open", event: "3" })).toBe(before);
});

it("is the same after the same update twice", () => {
  const updates: Update[] = [
    { kind: "feed", feed: feed("h") },
    { kind: "feedRemoved", feed: "g" },
    { kind: "state", feed: "f", state: { kind: "disabled" } },
    { kind: "arrived", rows: [row(5), row(6)] },
    { kind: "unread", feed: "f", unread: 3 },
    { kind: "read", scope: { kind: "all" }, read: true },
    { kind: "starred", id: "1", starred: true },
    { kind: "deleted", scope: { kind: "feed", feed: "f" }, until: "3" },
    { kind: "restored", rows: [row(5), row(6)] },
    { kind: "paused", paused: true },
    { kind: "muted", mute: { kind: "on" } },
    { kind: "window", window: { ...UNKNOWN.window, theme: "dark", textPercent: 120 } },
    { kind: "problems", problems: [] },
    { kind: "works", works: [] },
    { kind: "snapshot", snapshot: snapshot() },
  ];
  for (const update of updates) {
    const once = structuredClone(apply(world(), update));
    expect(apply(apply(world(), update), update), update.kind).toEqual(once);
  }
});
