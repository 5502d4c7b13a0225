// A tile is made out of what a feed was seen to send, and named after it until a person names it.
import { describe, expect, it } from "vitest";

import type { FeedNumbers, Numbers, Tile } from "../ipc/bindings";
import { OTHER, TileForm } from "./tileform.svelte";

const number = (path: string, more: Partial<Numbers> = {}): Numbers => ({ path, seen: 9, keyed: 0, min: 0, max: 500, last: 7, ...more });
const TICKER: FeedNumbers = { of: 9, numbers: [number("price"), number("change")], choices: [{ path: "symbol", seen: 9, values: ["ELM", "OAK"] }] };
const PROGRESS: FeedNumbers = { of: 9, numbers: [number("size"), number("percent", { keyed: 9, max: 100 })], choices: [] };
const NOTHING: FeedNumbers = { of: 0, numbers: [], choices: [] };

async function form(tile: Tile | null = null, feed = "t"): Promise<TileForm> {
  const made = new TileForm(async (id) => ({ t: TICKER, p: PROGRESS })[id] ?? NOTHING, (id) => `Feed ${id}`, tile?.feed ?? feed, tile);
  await made.look();
  return made;
}

describe("a tile to make", () => {
  it("is of the first number that was seen, and named after it", async () => {
    expect((await form()).tile()).toEqual({ feed: "t", shows: "number", path: "price", only: null, label: "Price", unit: "" });
  });

  it("takes the first thing of a condition, and its name", async () => {
    const made = await form();
    made.onlyPath = "symbol";
    made.changeOnly();
    expect(made.tile()).toMatchObject({ only: { path: "symbol", equals: "ELM" }, label: "ELM price" });
    made.onlyEquals = "OAK";
    made.name();
    expect(made.tile()).toMatchObject({ only: { path: "symbol", equals: "OAK" }, label: "OAK price" });
  });

  it("keeps the name and unit that a person has typed, and names it again once that is empty", async () => {
    const made = await form();
    [made.label, made.unit] = ["Mine", "€"];
    made.changeLabel();
    made.changeUnit();
    made.chosen = "change";
    made.name();
    expect(made.tile()).toMatchObject({ path: "change", label: "Mine", unit: "€" });
    made.label = "";
    made.changeLabel();
    made.name();
    expect(made.label).toBe("Change");
  });

  it("of tasks offers only what goes from 0 to 100 under keys, and has no condition", async () => {
    const made = await form(null, "p");
    expect(made.path).toBe("size");
    made.shows = "tasks";
    made.changeShows();
    expect(made.numbers.map(({ path }) => path)).toEqual(["percent"]);
    expect(made.tile()).toEqual({ feed: "p", shows: "tasks", path: "percent", only: null, label: "Feed p", unit: "%" });
  });

  it("of a rate has neither path nor unit", async () => {
    const made = await form();
    made.shows = "rate";
    made.changeShows();
    expect(made.tile()).toEqual({ feed: "t", shows: "rate", path: "", only: null, label: "Feed t", unit: "" });
  });

  it("is of the number that was pointed at, seen or not", async () => {
    const of = async (path: string) => {
      const made = new TileForm(async () => TICKER, () => "", "t", null, path);
      await made.look();
      return [made.chosen, made.path, made.label];
    };
    expect(await of("change")).toEqual(["change", "change", "Change"]);
    expect(await of("order.total_eur")).toEqual([OTHER, "order.total_eur", expect.stringContaining("otal")]);
  });

  it("of a feed without numbers asks for the path", async () => {
    const made = await form();
    made.feed = "none";
    await made.changeFeed();
    expect(made.chosen).toBe(OTHER);
    made.typed = " a.b_ms ";
    made.name();
    expect(made.tile()).toMatchObject({ feed: "none", path: "a.b_ms", label: "B", unit: "ms" });
  });

  it("isn't filled by the answer for a feed that was left", async () => {
    let answer: (found: FeedNumbers) => void = () => undefined;
    const made = new TileForm((id) => (id === "slow" ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(TICKER)), () => "", "slow", null);
    const slow = made.look();
    made.feed = "t";
    await made.changeFeed();
    answer(PROGRESS);
    await slow;
    expect(made.numbers.map(({ path }) => path)).toEqual(["price", "change"]);
  });
});

describe("a tile to change", () => {
  const tile: Tile = { feed: "t", shows: "number", path: "order.total", only: { path: "shop", equals: "Bonn" }, label: "Total", unit: "€" };

  it("stays as it is until something is changed, also where the feed was not seen to send it", async () => {
    const made = await form(tile);
    expect(made.tile()).toEqual(tile);
    expect([made.chosen, made.conditions, made.values]).toEqual([OTHER, ["symbol", "shop"], ["Bonn"]]);
  });

  it("is found among the numbers that were seen", async () => {
    expect((await form({ ...tile, path: "change", only: null })).chosen).toBe("change");
  });
});
