// What is meant is on top after few letters, and what was used lately before anything is typed.
import { describe, expect, it } from "vitest";

import { type Entry, rank, readRecent, remember, SHOWN_MAX } from "./palette";

const entry = (label: string, also = ""): Entry => ({ id: label, label, detail: "", also, run: () => undefined });
const NAMES = ["Search", "Add a feed", "Mark everything shown as read", "Mute all feeds for an hour", "Mute all feeds until tomorrow", "Reconnect all feeds", "Dashboard", "Café Zürich", "Home sensors", "Deploys (web-2.14)"];
const ENTRIES = [...NAMES.map((name) => entry(name)), entry("Theme", "Light Dark High contrast"), entry("Price ticker", "http://localhost:8080/ticker")];
const best = (asked: string, recent: string[] = []) => rank(ENTRIES, asked, recent).map(({ label }) => label);

describe("ranking", () => {
  it.each([
    ["add", "Add a feed"],
    ["raf", "Reconnect all feeds"],
    ["mafah", "Mute all feeds for an hour"],
    ["mutom", "Mute all feeds until tomorrow"],
    ["tomorrow mute", "Mute all feeds until tomorrow"],
    ["DASH", "Dashboard"],
    ["cafe zur", "Café Zürich"],
    ["homsen", "Home sensors"],
    ["web 2", "Deploys (web-2.14)"],
    ["ploy", "Deploys (web-2.14)"],
    ["dark", "Theme"],
    ["localhost", "Price ticker"],
    ["tick", "Price ticker"],
  ])("%j finds it first", (asked, label) => {
    expect(best(asked)[0]).toBe(label);
  });

  it("finds nothing where a term fits nothing", () => {
    expect(best("mute zebra")).toEqual([]);
    expect(best("xdash")).toEqual([]);
  });

  it("puts beginnings of words before what stands inside of one", () => {
    expect(rank([entry("Old sharks"), entry("Hark back")], "hark", []).map(({ label }) => label)).toEqual(["Hark back", "Old sharks"]);
  });

  it("keeps the order without a question, but for what was used lately", () => {
    expect(best("")).toEqual(ENTRIES.map(({ label }) => label));
    expect(best(" ", ["Home sensors", "gone", "Search"]).slice(0, 3)).toEqual(["Home sensors", "Search", "Add a feed"]);
  });

  it("lets what was used lately decide among those that fit alike", () => {
    const alike = [entry("Feed one"), entry("Feed two")];
    expect(rank(alike, "feed", ["Feed two"]).map(({ label }) => label)).toEqual(["Feed two", "Feed one"]);
  });

  it("shows a bounded number, and answers hostile names and questions soon", () => {
    const many = Array.from({ length: 2_000 }, () => entry("a".repeat(200) + " aa".repeat(200)));
    expect(rank(many, "", [])).toHaveLength(SHOWN_MAX);
    expect(rank(many.slice(0, 50), "a".repeat(10_000), [])).toHaveLength(50);
    expect(rank(many.slice(0, 50), `${"a".repeat(79)}b`, [])).toHaveLength(0);
  });
});

describe("what was used lately", () => {
  it("is kept, the last first, and bounded", () => {
    const store = new Map<string, string>();
    const kept = { getItem: (key: string) => store.get(key) ?? null, setItem: (key: string, value: string) => void store.set(key, value) };
    for (const id of ["a", "b", "c", "a", "d", "e", "f", "g", "h"]) remember(id, kept);
    expect(readRecent(kept)).toEqual(["h", "g", "f", "e", "d", "a"]);
  });

  it("is nothing where it can't be read or kept", () => {
    const broken = { getItem: () => "{", setItem: () => { throw new Error("full"); } };
    expect(readRecent(broken)).toEqual([]);
    expect(() => remember("a", broken)).not.toThrow();
    expect(readRecent({ getItem: () => '{"a":1}' })).toEqual([]);
    expect(readRecent({ getItem: () => "[1,null,\"a\"]" })).toEqual(["a"]);
  });
});
