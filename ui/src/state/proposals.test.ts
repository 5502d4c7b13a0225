// The demo's feeds, and others, get tiles that make sense without any setting.
import { describe, expect, it } from "vitest";

import type { FeedNumbers, Numbers } from "../ipc/bindings";
import { leafOf, nameOf, propose } from "./proposals";

const number = (path: string, min: number, max: number, more: Partial<Numbers> = {}): Numbers => ({ path, seen: 100, keyed: 0, min, max, last: max, ...more });
const found = (numbers: Numbers[], choices: FeedNumbers["choices"] = [], of = 100): FeedNumbers => ({ of, numbers, choices });
const labels = (feeds: FeedNumbers[]) => propose(feeds.map((each, index) => ({ feed: `f${index}`, name: `Feed ${index}`, found: each }))).map(({ label, unit }) => `${label} ${unit}`.trim());

describe("proposals", () => {
  it("show a machine's numbers that move, with their units", () => {
    const metrics = found([number("cpu_percent", 3, 60), number("memory_percent", 50, 51), number("memory_used_mib", 1, 2), number("memory_total_mib", 16_018, 16_018), number("load_1_min", 0.1, 2), number("received_kib_per_s", 0, 300)]);
    expect(labels([metrics])).toEqual(["CPU %", "Memory %", "Memory used MiB", "Load 1 min", "Received KiB/s"]);
  });

  it("show the price of each symbol", () => {
    const ticker = found([number("price", 1, 9), number("change", -1, 1)], [{ path: "symbol", seen: 100, values: ["ELM", "OAK"] }]);
    const tiles = propose([{ feed: "t", name: "Ticker", found: ticker }]);
    expect(tiles.map(({ label, path, only }) => [label, path, only])).toEqual([
      ["ELM price", "price", { path: "symbol", equals: "ELM" }],
      ["OAK price", "price", { path: "symbol", equals: "OAK" }],
    ]);
  });

  it("show tasks as tasks, under the feed's name", () => {
    const tiles = propose([{ feed: "p", name: "Progress", found: found([number("percent", 0, 100, { keyed: 100 })], [{ path: "title", seen: 100, values: ["a", "b"] }]) }]);
    expect(tiles).toEqual([{ feed: "p", shows: "tasks", path: "percent", only: null, label: "Progress", unit: "%" }]);
  });

  it("leave out ids, times, and what is in few events", () => {
    expect(labels([found([number("id", 1, 100), number("timestamp", 1, 9), number("sent", 1.7e12, 1.8e12), number("rare", 1, 2, { seen: 3 }), number("length.new", 10, 900)])])).toEqual(["New"]);
  });

  it("are few however many numbers there are", () => {
    const many = found(Array.from({ length: 60 }, (_, index) => number(`n${index}`, 0, 1)));
    expect(labels([many])).toHaveLength(6);
    expect(labels([many, many, many, many])).toHaveLength(12);
    expect(labels([found([])])).toEqual([]);
  });

  it("take a number that is the data itself, and a first value", () => {
    expect(labels([found([number("", 5, 5)], [], 1).of === 1 ? found([number("", 5, 5, { seen: 1 })], [], 1) : found([])])).toEqual(["Feed 0"]);
  });
});

describe("names", () => {
  it("come from the last name of a path", () => {
    expect(leafOf("a.b[0].c")).toBe("c");
    expect(leafOf("a.list[3]")).toBe("list");
    expect(leafOf('a["x.y"]')).toBe("x.y");
    expect(leafOf("")).toBe("");
  });

  it("lose their unit, which is written behind the number", () => {
    expect(nameOf("sensors.roomTemp_celsius")).toEqual({ label: "Room Temp", unit: "°C" });
    expect(nameOf("disk_gb")).toEqual({ label: "Disk", unit: "GB" });
    expect(nameOf("sent_bytes")).toEqual({ label: "Sent", unit: "B" });
    expect(nameOf("percent")).toEqual({ label: "Percent", unit: "%" });
    expect(nameOf("answer_ms")).toEqual({ label: "Answer", unit: "ms" });
  });
});
