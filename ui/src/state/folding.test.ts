// States of one thing share a line, whatever speaks between them, and nothing that is shown moves.
import { describe, expect, it } from "vitest";

import type { EventRow } from "../ipc/bindings";
import { Folding } from "./folding";
import { arrive, type History, historyOf, loadOlder } from "./history";
import { DAY_MS, NOON_MS, page, row } from "./testing";

const NONE: ReadonlySet<string> = new Set();

/** Rows told by their keys, oldest first; a dot has none. */
function told(keys: string, firstId = 1): EventRow[] {
  return [...keys].map((key, index) => row(firstId + index, { key: key === "." ? null : key, receivedAtMs: NOON_MS + index * 100 }));
}

function historyOfKeys(keys: string): History {
  return historyOf(null, told(keys).reverse(), false);
}

/** The lines as the ids they show, a run with its number of states. */
function shown(history: History, opened = NONE, folding = new Folding(), count = history.rows.length): string {
  const { lines } = folding.of(history, count, opened);
  return lines.map(({ at, run, inner }) => `${inner ? "-" : ""}${history.rows[at]!.id}${run !== null && !inner ? `x${run.members.length}` : ""}`).join(" ");
}

describe("a run", () => {
  it("is one line that shows the newest state", () => {
    expect(shown(historyOfKeys(".aaa."))).toBe("5 4x3 1");
  });

  it("goes on past what else is told", () => {
    expect(shown(historyOfKeys("a.a.a"))).toBe("5x3 4 2");
  });

  it("ends where too many other things were told", () => {
    expect(shown(historyOfKeys("a............a"))).toMatch(/^14 13 .* 2 1$/);
    expect(shown(historyOfKeys("a...........a"))).toMatch(/^13x2 12 .* 2$/);
  });

  it("is of one feed", () => {
    const rows = [row(2, { key: "a", feed: "g" }), row(1, { key: "a", feed: "f" })];
    expect(shown(historyOf(null, rows, false))).toBe("2 1");
  });

  it("is of one group, whatever the keys of its events", () => {
    const rows = [row(5, { group: "a", key: "1" }), row(4, { group: "b" }), row(3, { group: "a", key: "2" }), row(2, { key: "1" }), row(1, { group: "a", feed: "g" })];
    expect(shown(historyOf(null, rows, false))).toBe("5x2 4 2 1");
  });

  it("ends with the day", () => {
    const rows = [row(3, { key: "a", receivedAtMs: NOON_MS + DAY_MS }), row(2, { key: "a" }), row(1, { key: "a" })];
    const history = historyOf(null, rows, false);
    const { days } = new Folding().of(history, 3, NONE);
    expect(days.map(({ count }) => count)).toEqual([1, 1]);
    expect(shown(history)).toBe("3 2x2");
  });

  it("unfolds where it is, and folds again", () => {
    const history = historyOfKeys(".a.a");
    expect(shown(history, new Set(["2"]))).toBe("4x2 -2 3 1");
    expect(shown(history, new Set(["77"]))).toBe("4x2 3 1");
  });

  it("tells of each event in which line it is", () => {
    const folding = new Folding();
    expect([...folding.of(historyOfKeys(".a.a"), 4, NONE).places]).toEqual([2, 0, 1, 0]);
    expect([...folding.of(historyOfKeys(".a.a"), 4, new Set(["4"])).places]).toEqual([3, 1, 2, 0]);
  });
});

describe("things that speak in turn", () => {
  it("keep their places whoever spoke last", () => {
    const places = ["abcabc", "abcabca", "abcabcab"].map((keys) => {
      const history = historyOfKeys(keys);
      return new Folding().of(history, keys.length, NONE).lines.map(({ at }) => history.rows[at]!.key).join("");
    });
    expect(places).toEqual(["abc", "abc", "abc"]);
  });

  it("are ordered by time where one fell silent", () => {
    const rows = [...told("ababab"), row(7, { key: "b", receivedAtMs: NOON_MS + 60_000 }), row(8, { key: "b", receivedAtMs: NOON_MS + 60_100 })];
    expect(shown(historyOf(null, rows.reverse(), false))).toBe("8x5 5x3");
  });
});

describe("what arrives", () => {
  it("updates a folded line in place while the list is held still", () => {
    const folding = new Folding();
    let history = historyOfKeys("..aa");
    const { lines } = folding.of(history, 4, NONE);
    history = arrive(history, [row(5, { key: "a" }), row(6), row(7, { key: "a" })]);
    expect(folding.of(history, 4, NONE).lines).toBe(lines);
    const { taken, fresh } = folding.ahead(history);
    expect([...taken.keys()]).toEqual([4, 6]);
    expect(fresh.get(lines[0]!.run!)).toEqual([4, 6]);
  });

  it("waits where the run is unfolded or another day has begun", () => {
    const folding = new Folding();
    let history = historyOfKeys("aa");
    folding.of(history, 2, new Set(["1"]));
    history = arrive(history, [row(3, { key: "a" })]);
    expect(folding.ahead(history).taken.size).toBe(0);
    folding.of(history, 2, NONE);
    history = arrive(history, [row(4, { key: "a", receivedAtMs: NOON_MS + DAY_MS })]);
    expect([...folding.ahead(history).taken.keys()]).toEqual([2]);
  });

  it("leaves the lines below as they are when an older page comes", () => {
    const keys = "ab.ba.abab..ba";
    const all = told(keys);
    const history = historyOf(null, all.slice(6).reverse(), true);
    const whole = loadOlder(history, all.slice(0, 6).reverse(), false);
    expect(shown(whole).split(" ").map((line) => line.split("x")[0]).slice(0, 4)).toEqual(shown(history).split(" ").map((line) => line.split("x")[0]).slice(0, 4));
  });
});

it("folds twenty thousand prices into four lines", () => {
  const rows = page(20_000, 1).map((each, index) => ({ ...each, key: `s${index % 4}` }));
  const history = historyOf(null, rows, true);
  expect(new Folding().of(history, rows.length, NONE).lines).toHaveLength(4);
});
