// Where days and rows of a long list lie, and which of them a window onto it shows: pure.
import type { Day } from "./history";

/** Heights in CSS pixels, measured from the page because they follow its text size. */
export type Heights = { row: number; day: number };

/** A day's place in the list, counted from the newest event. */
export type Block = { key: number; atMs: number; first: number; count: number; top: number; height: number };

export type Layout = { blocks: Block[]; height: number };

/** Rows rendered beyond each edge, so that a quick flick of the wheel meets no blank. */
const OVERSCAN = 6;

/** Lays the oldest `count` events out, newest on top, each day under a heading. */
export function layOut(days: readonly Day[], count: number, heights: Heights): Layout {
  const blocks: Block[] = [];
  let hidden = days.reduce((sum, day) => sum + day.count, 0) - count;
  let first = 0;
  let top = 0;
  for (let index = days.length - 1; index >= 0; index--) {
    const day = days[index]!;
    const shown = day.count - Math.min(hidden, day.count);
    hidden -= day.count - shown;
    if (shown === 0) continue;
    const height = heights.day + shown * heights.row;
    blocks.push({ key: day.key, atMs: day.atMs, first, count: shown, top, height });
    first += shown;
    top += height;
  }
  return { blocks, height: top };
}

/** Gives the place of the row at `index`, counted from the newest. */
export function rowTop(layout: Layout, index: number, heights: Heights): number {
  const block = layout.blocks.findLast((each) => each.first <= index);
  return block === undefined ? 0 : block.top + heights.day + (index - block.first) * heights.row;
}

/** Gives the rows `[from, to)` that a view of `height` pixels at `top` shows, with some to spare. */
export function visible(layout: Layout, top: number, height: number, heights: Heights): { from: number; to: number } {
  const total = layout.blocks.reduce((sum, block) => sum + block.count, 0);
  const from = indexAt(layout, top, heights) - OVERSCAN;
  const to = indexAt(layout, top + height, heights) + 1 + OVERSCAN;
  return { from: Math.max(0, Math.min(from, total)), to: Math.max(0, Math.min(to, total)) };
}

/** Gives the index of the row at or just below a height. */
export function indexAt(layout: Layout, y: number, heights: Heights): number {
  const block = layout.blocks.findLast((each) => each.top <= y);
  if (block === undefined) return 0;
  const into = Math.floor((y - block.top - heights.day) / heights.row);
  return block.first + Math.max(0, Math.min(into, block.count - 1));
}
