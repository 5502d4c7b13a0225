// The list of events keeps its order, its days and its bounds whatever comes.
import { describe, expect, it } from "vitest";

import { arrive, compareIds, countUpTo, dayKey, drop, forget, historyOf, join, loadNewer, loadOlder, mark, narrow, part, replace, rowOf, ROWS_MAX, takeBack, withoutNewest } from "./history";
import { DAY_MS, NOON_MS, page, row } from "./testing";

const ids = (history: { rows: { id: string }[] }) => history.rows.map(({ id }) => id).join(" ");
const sum = (history: { days: { count: number }[] }) => history.days.reduce((all, { count }) => all + count, 0);

describe("ids", () => {
  it("are ordered as numbers of any length", () => {
    expect(["10", "9", "9007199254740993", "9007199254740992"].sort(compareIds)).toEqual(["9", "10", "9007199254740992", "9007199254740993"]);
  });

  it("are found among many", () => {
    const { rows } = historyOf(null, page(1000, 1), false);
    expect(countUpTo(rows, "400")).toBe(400);
    expect(rowOf(rows, "400")?.title).toBe("event 400");
    expect(rowOf(rows, "1001")).toBeUndefined();
    expect(rowOf([], "1")).toBeUndefined();
  });
});

describe("what arrives", () => {
  it("is added at the newest end", () => {
    expect(ids(arrive(historyOf(null, page(3, 1), false), [row(4), row(5)]))).toBe("1 2 3 4 5");
  });

  it("replaces what is known already", () => {
    const history = arrive(historyOf(null, page(3, 1), false), [row(2, { title: "again" }), row(3), row(4)]);
    expect(ids(history)).toBe("1 2 3 4");
    expect(rowOf(history.rows, "2")?.title).toBe("again");
    expect(sum(history)).toBe(4);
  });

  it("fills a hole in the middle", () => {
    const history = arrive(historyOf(null, [row(5), row(1)], true), [row(3)]);
    expect(ids(history)).toBe("1 3 5");
    expect(sum(history)).toBe(3);
  });

  it("waits for its page where it is older than everything loaded", () => {
    expect(ids(arrive(historyOf(null, page(9, 5), true), [row(2)]))).toBe("5 6 7 8 9");
    expect(ids(arrive(historyOf(null, page(9, 5), false), [row(2)]))).toBe("2 5 6 7 8 9");
  });

  it("is left out of another feed's list, which stays the same object", () => {
    const history = historyOf("g", [], false);
    expect(arrive(history, [row(1)])).toBe(history);
  });

  it("gives another object even though the rows are appended in place", () => {
    const history = historyOf(null, page(3, 1), false);
    expect(arrive(history, [row(4)])).not.toBe(history);
  });

  it("drops the oldest beyond the limit and says that more can be loaded", () => {
    let history = historyOf(null, page(ROWS_MAX, 1), false);
    history = arrive(history, [row(ROWS_MAX + 1)]);
    expect(history.rows.length).toBeLessThanOrEqual(ROWS_MAX);
    expect(history.rows.at(-1)?.id).toBe(String(ROWS_MAX + 1));
    expect(history.more).toBe(true);
    expect(sum(history)).toBe(history.rows.length);
  });
});

describe("days", () => {
  it("group neighbours of the same local day", () => {
    const at = (id: number, days: number) => row(id, { receivedAtMs: NOON_MS + days * DAY_MS });
    let history = historyOf(null, [at(3, 1), at(2, 0), at(1, 0)], false);
    history = arrive(history, [at(4, 1), at(5, 2)]);
    expect(history.days.map(({ count }) => count)).toEqual([2, 2, 1]);
  });

  it("begin again where the clock was set back", () => {
    const rows = [row(3), row(2, { receivedAtMs: NOON_MS + DAY_MS }), row(1)];
    expect(historyOf(null, rows, false).days.map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  it("end at local midnight", () => {
    const midnight = new Date(2026, 10, 22).getTime();
    expect(dayKey(midnight - 1)).toBe(20261121);
    expect(dayKey(midnight)).toBe(20261122);
  });
});

describe("older pages", () => {
  it("go below what is loaded, without doubles", () => {
    const history = loadOlder(historyOf(null, page(9, 5), true), page(6, 2), false);
    expect(ids(history)).toBe("2 3 4 5 6 7 8 9");
    expect(history.more).toBe(false);
    expect(sum(history)).toBe(8);
  });

  it("fill an empty list", () => {
    expect(ids(loadOlder(historyOf("f", [], true), page(2, 1), false))).toBe("1 2");
  });
});

describe("reading", () => {
  const rows = () => [row(3), row(2, { feed: "g" }), row(1)];
  const unread = (history: { rows: { id: string; read: boolean }[] }) => history.rows.filter(({ read }) => !read).map(({ id }) => id);

  it("marks one, a feed or all", () => {
    expect(unread(mark(historyOf(null, rows(), false), { kind: "event", id: "1" }, true))).toEqual(["2", "3"]);
    expect(unread(mark(historyOf(null, rows(), false), { kind: "feed", feed: "f" }, true))).toEqual(["2"]);
    expect(unread(mark(historyOf(null, rows(), false), { kind: "all" }, true))).toEqual([]);
  });

  it("makes nothing of what is marked already or not loaded", () => {
    const history = historyOf(null, rows(), false);
    expect(mark(history, { kind: "event", id: "3" }, false)).toBe(history);
    expect(mark(history, { kind: "event", id: "77" }, true)).toBe(history);
  });

  it("leaves rows that others hold as they were", () => {
    const given = rows();
    mark(historyOf(null, given, false), { kind: "all" }, true);
    expect(given.every(({ read }) => !read)).toBe(true);
  });
});

describe("feeds", () => {
  it("take their events with them", () => {
    const history = forget(historyOf(null, [row(3), row(2, { feed: "g" }), row(1)], false), "f");
    expect(ids(history)).toBe("2");
    expect(sum(history)).toBe(1);
  });

  it("are shown from what is known of all", () => {
    const history = narrow(historyOf(null, [row(3), row(2, { feed: "g" }), row(1)], false), "f");
    expect(ids(history)).toBe("1 3");
    expect(history.more).toBe(true);
  });
});

describe("a snapshot after lost updates", () => {
  const feeds = new Map([["f", { unread: 3 }]]);

  it("replaces everything where there is a gap to what was known", () => {
    const history = replace(historyOf(null, page(9, 1), false), page(30, 20), feeds);
    expect(history.rows[0]?.id).toBe("20");
    expect(history.more).toBe(true);
  });

  it("keeps what lies below it where it reaches down to what was known", () => {
    const history = replace(historyOf(null, page(9, 1), false), page(12, 8, { read: true }), feeds);
    expect(ids(history)).toBe("1 2 3 4 5 6 7 8 9 10 11 12");
    expect(rowOf(history.rows, "9")?.read).toBe(true);
    expect(history.more).toBe(false);
  });

  it("forgets events that it doesn't hold though it should", () => {
    expect(ids(replace(historyOf(null, page(9, 1), false), [row(9), row(7)], feeds))).toBe("1 2 3 4 5 6 7 9");
  });

  it("forgets feeds that are gone, and marks read what nobody counts as unread", () => {
    const known = historyOf(null, [row(4), row(3, { feed: "gone" }), row(2, { feed: "calm" }), row(1)], false);
    const history = replace(known, [row(4)], new Map([["f", { unread: 1 }], ["calm", { unread: 0 }]]));
    expect(ids(history)).toBe("1 2 4");
    expect(rowOf(history.rows, "2")?.read).toBe(true);
    expect(rowOf(history.rows, "1")?.read).toBe(false);
  });
});

describe("what was deleted", () => {
  const dropped = page(4, 3).toReversed();

  it("comes back to its place", () => {
    const whole = historyOf(null, page(6, 1), true);
    const without = drop(whole, { kind: "event", id: "4" }, "6");
    expect(ids(without)).toBe("1 2 3 5 6");
    const back = takeBack(without, [row(4)], null);
    expect(ids(back)).toBe("1 2 3 4 5 6");
    expect(sum(back)).toBe(6);
    expect(ids(takeBack(back, [row(4, { title: "stale" })], null))).toBe("1 2 3 4 5 6");
    expect(rowOf(back.rows, "4")?.title).toBe("event 4");
  });

  it("comes with its page where it is older than what is loaded", () => {
    expect(ids(takeBack(historyOf(null, page(9, 7), true), dropped, null))).toBe("7 8 9");
    expect(ids(takeBack(historyOf(null, page(9, 7), false), dropped, null))).toBe("3 4 7 8 9");
  });

  it("may be missing below what was loaded, so that part is loaded again", () => {
    const back = takeBack(historyOf(null, [row(9), row(5), row(2), row(1)], false), dropped, "3");
    expect(ids(back)).toBe("3 4 5 9");
    expect(back.more).toBe(true);
    expect(ids(takeBack(historyOf(null, [], false), dropped, "3"))).toBe("3 4");
  });

  it("stays out of another feed's list", () => {
    expect(ids(takeBack(historyOf("g", [], false), dropped, null))).toBe("");
  });
});

describe("a list that is full", () => {
  const ends = ({ rows }: { rows: { id: string }[] }) => [Number(rows[0]!.id), Number(rows.at(-1)!.id)];
  const whole = () => historyOf("f", page(ROWS_MAX + 500, 1), true);

  it("is taken apart into its newest rows and those around the reader below", () => {
    const { live, away } = part(whole())!;
    expect(ends(live)).toEqual([ROWS_MAX - 499, ROWS_MAX + 500]);
    expect([ends(away)[0], away.newer, live.newer, live.more]).toEqual([1, true, undefined, true]);
    expect(away.rows.length).toBeLessThan(ROWS_MAX);
    expect([sum(live), sum(away)]).toEqual([live.rows.length, away.rows.length]);
    expect(part(historyOf("f", page(ROWS_MAX, 1), true))).toBeNull();
  });

  it("never grows, however far someone goes down and up", () => {
    let away = part(whole())!.away;
    for (let oldest = 0; oldest > -20_000; oldest -= 200) away = withoutNewest(loadOlder(away, page(oldest, oldest - 199), true));
    expect(away.rows.length).toBeLessThanOrEqual(ROWS_MAX);
    for (let turn = 0; turn < 100; turn++) {
      const newest = ends(away)[1]!;
      away = loadNewer(away, page(newest + 200, newest + 1));
    }
    expect(away.rows.length).toBeLessThanOrEqual(ROWS_MAX);
    expect([away.more, sum(away)]).toEqual([true, away.rows.length]);
  });

  it("joins the live list without a gap or a doubled row", () => {
    const { live, away } = part(whole())!;
    expect(join(away, live, false)).toBeNull();
    const near = loadNewer(away, page(ROWS_MAX - 400, ends(away)[1]! + 1));
    const joined = join(near, live, false)!;
    expect(joined.rows.length).toBe(ROWS_MAX);
    expect(ends(joined)).toEqual([501, ROWS_MAX + 500]);
    expect([joined.newer, joined.more, sum(joined)]).toEqual([undefined, true, ROWS_MAX]);
    expect(new Set(joined.rows.map(({ id }) => id)).size).toBe(ROWS_MAX);
    expect(join(away, live, true)!.newer).toBeUndefined();
  });
});
