// Tiles are proposed until a person makes some; any change keeps them, and a change that can't be kept is taken back.
import { describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { FeedNumbers, Tile } from "../ipc/bindings";
import { Dashboard } from "./dashboard.svelte";
import type { Session } from "./session.svelte";
import { feed } from "./testing";

const FOUND: FeedNumbers = { of: 50, numbers: ["a", "b", "c"].map((path) => ({ path, seen: 50, keyed: 0, min: 0, max: 1, last: 1 })), choices: [] };
const tile = (label: string): Tile => ({ feed: "f", shows: "number", path: label, only: null, label, unit: "" });
const names = (dashboard: Dashboard) => dashboard.tiles.map(({ label }) => label);

function stage(made: Tile[] | null, more: Partial<Backend> = {}) {
  const setTiles = vi.fn(async (_: Tile[]) => undefined);
  const backend = { tiles: async () => made, setTiles, numbers: async () => FOUND, ...more };
  const session = {
    backend,
    feeds: [feed("f")],
    world: { all: { rows: [] } },
    notices: { say: vi.fn(), aside: "" },
    ask: async (asked: Promise<unknown>) => asked.then(() => true, () => false),
  };
  return { dashboard: new Dashboard(session as unknown as Session), setTiles, session };
}

describe("proposals", () => {
  it("are shown until a person makes tiles, and not kept by themselves", async () => {
    const { dashboard, setTiles } = stage(null);
    await dashboard.load();
    expect([names(dashboard), dashboard.isProposal]).toEqual([["A", "B", "C"], true]);
    expect(setTiles).not.toHaveBeenCalled();
  });

  it("come behind the others for feeds that send their first numbers later", async () => {
    const numbers = vi.fn(async (id: string) => (id === "late" && numbers.mock.calls.length < 3 ? { ...FOUND, numbers: [] } : FOUND));
    const { dashboard, session } = stage(null, { numbers });
    session.feeds.unshift(feed("late"));
    await dashboard.load();
    expect(dashboard.tiles.map(({ feed }) => feed)).toEqual(["f", "f", "f"]);
    await dashboard.suggest();
    expect(dashboard.tiles.map(({ feed }) => feed)).toEqual(["f", "f", "f", "late", "late", "late"]);
    expect(numbers).toHaveBeenCalledTimes(3);
  });

  it("are kept as a whole with the first change", async () => {
    const { dashboard, setTiles } = stage(null);
    await dashboard.load();
    await dashboard.remove(dashboard.tiles[1]!);
    expect([names(dashboard), dashboard.isProposal]).toEqual([["A", "C"], false]);
    expect(setTiles.mock.calls[0]![0].map(({ label }) => label)).toEqual(["A", "C"]);
  });

  it("don't come back by themselves once all tiles were removed, but on request", async () => {
    const { dashboard } = stage([]);
    await dashboard.load();
    expect([names(dashboard), dashboard.isProposal]).toEqual([[], false]);
    await dashboard.suggestAgain();
    expect([names(dashboard), dashboard.isProposal]).toEqual([["A", "B", "C"], true]);
  });

  it("are none, which is said, where no feed sends numbers or can be asked", async () => {
    const { dashboard, session } = stage([], { numbers: () => Promise.reject(new Error("gone")) });
    await dashboard.load();
    await dashboard.suggestAgain();
    expect([dashboard.made, session.notices.say.mock.calls[0]![0]]).toEqual([[], "No feed has sent numbers yet."]);
  });
});

describe("tiles", () => {
  it("are moved step by step, and said where they are", async () => {
    const { dashboard, session } = stage([tile("a"), tile("b"), tile("c")]);
    await dashboard.load();
    await dashboard.step(dashboard.tiles[0]!, 1);
    expect(names(dashboard)).toEqual(["b", "a", "c"]);
    expect(session.notices.aside).toBe("a is tile 2 of 3.");
    await dashboard.step(dashboard.tiles[0]!, -1);
    expect(names(dashboard)).toEqual(["b", "a", "c"]);
    await dashboard.step(dashboard.tiles[0]!, 9);
    expect(names(dashboard)).toEqual(["a", "c", "b"]);
  });

  it("come back where they can't be kept", async () => {
    const { dashboard } = stage([tile("a"), tile("b")], { setTiles: () => Promise.reject(new Error("disk")) });
    await dashboard.load();
    expect(await dashboard.remove(dashboard.tiles[0]!)).toBe(false);
    expect(names(dashboard)).toEqual(["a", "b"]);
    await expect(dashboard.put(tile("c"), null)).rejects.toThrow("disk");
    expect(names(dashboard)).toEqual(["a", "b"]);
  });

  it("are put in the place of one, or behind all", async () => {
    const { dashboard } = stage([tile("a"), tile("b")]);
    await dashboard.load();
    await dashboard.put(tile("c"), 0);
    await dashboard.put(tile("d"), null);
    expect(names(dashboard)).toEqual(["c", "b", "d"]);
  });

  it("of a feed that was just removed are not shown", async () => {
    const { dashboard } = stage([tile("a"), { ...tile("b"), feed: "gone" }]);
    await dashboard.load();
    expect(names(dashboard)).toEqual(["a"]);
  });

  it("that can't be read say why, and are read again on request", async () => {
    const tiles = vi.fn().mockRejectedValueOnce({ code: "storage", field: null, message: "No." }).mockResolvedValueOnce([tile("a")]);
    const { dashboard } = stage(null, { tiles });
    await dashboard.load();
    expect([dashboard.trouble, dashboard.made]).toEqual(["No.", undefined]);
    await dashboard.load();
    expect([dashboard.trouble, names(dashboard)]).toEqual([null, ["a"]]);
  });
});
