// Rows lie one below the other under their days, and the window onto them is never short of any.
import { describe, expect, it } from "vitest";

import { indexAt, layOut, rowTop, visible } from "./layout";

const HEIGHTS = { row: 50, day: 30 };
// Oldest first, as the history keeps them: 3 events, then 2, then 5.
const DAYS = [
  { key: 1, atMs: 1, count: 3 },
  { key: 2, atMs: 2, count: 2 },
  { key: 3, atMs: 3, count: 5 },
];

describe("the layout", () => {
  it("puts the newest day on top", () => {
    const { blocks, height } = layOut(DAYS, 10, HEIGHTS);
    expect(blocks.map(({ key, first, top }) => [key, first, top])).toEqual([[3, 0, 0], [2, 5, 280], [1, 7, 410]]);
    expect(height).toBe(3 * 30 + 10 * 50);
  });

  it("leaves out the newest events that wait above", () => {
    const { blocks } = layOut(DAYS, 4, HEIGHTS);
    expect(blocks.map(({ key, count }) => [key, count])).toEqual([[2, 1], [1, 3]]);
  });

  it("is empty without events", () => {
    expect(layOut([], 0, HEIGHTS)).toEqual({ blocks: [], height: 0 });
    expect(visible(layOut([], 0, HEIGHTS), 0, 600, HEIGHTS)).toEqual({ from: 0, to: 0 });
  });
});

describe("rows", () => {
  it("lie where the layout says, and are found there again", () => {
    const layout = layOut(DAYS, 10, HEIGHTS);
    for (let index = 0; index < 10; index++) {
      const top = rowTop(layout, index, HEIGHTS);
      expect(indexAt(layout, top, HEIGHTS)).toBe(index);
      expect(indexAt(layout, top + 49, HEIGHTS)).toBe(index);
    }
  });

  it("never overlap", () => {
    const layout = layOut(DAYS, 10, HEIGHTS);
    for (let index = 1; index < 10; index++) {
      expect(rowTop(layout, index, HEIGHTS) - rowTop(layout, index - 1, HEIGHTS)).toBeGreaterThanOrEqual(50);
    }
  });
});

describe("the window onto the list", () => {
  it("holds every row that can be seen, wherever it is scrolled to", () => {
    const days = Array.from({ length: 40 }, (_, key) => ({ key, atMs: key, count: 1 + ((key * 7) % 90) }));
    const count = days.reduce((sum, day) => sum + day.count, 0);
    const layout = layOut(days, count, HEIGHTS);
    for (let top = 0; top < layout.height; top += 137) {
      const { from, to } = visible(layout, top, 600, HEIGHTS);
      expect(to - from).toBeLessThan(600 / HEIGHTS.row + 15);
      if (from > 0) expect(rowTop(layout, from - 1, HEIGHTS) + 50).toBeLessThanOrEqual(top);
      if (to < count) expect(rowTop(layout, to, HEIGHTS)).toBeGreaterThanOrEqual(top + 600);
    }
  });
});
