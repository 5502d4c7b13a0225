// Numbers over time are merged, cut, drawn and summed up without losing or making up any.
import { describe, expect, it } from "vitest";

import type { Bucket } from "../ipc/bindings";
import { coarsen, meanRate, merge, outline, placesOf, rates, RANGES, runs, since, spanAt, statsOf, widthOf } from "./series";

const at = (atMs: number, last: number, more: Partial<Bucket> = {}): Bucket => ({ atMs, count: 1, min: last, max: last, last, ...more });

describe("the time of a chart", () => {
  it("is whole buckets that begin at multiples of their width, the present one among them", () => {
    const nowMs = 1_763_700_001_234;
    const span = spanAt("minutes", 120, nowMs);
    expect(span.widthMs).toBe(2_500);
    expect([span.fromMs % 2_500, span.toMs % 2_500]).toEqual([0, 0]);
    expect(span.toMs - span.fromMs).toBe(RANGES.minutes);
    expect(span.toMs).toBeGreaterThan(nowMs);
    expect(span.toMs - nowMs).toBeLessThanOrEqual(2_500);
  });

  it("covers the whole range however many points it has", () => {
    for (const points of [7, 120, 360]) expect(widthOf("month", points) * points).toBeGreaterThanOrEqual(RANGES.month);
  });
});

describe("buckets", () => {
  it("are joined with later ones of the same time", () => {
    const known = [at(0, 1), at(10, 5, { count: 2, min: 2, max: 7 })];
    const later = [at(10, 3, { count: 4, min: 3, max: 9 }), at(20, 8)];
    expect(merge(known, later)).toEqual([at(0, 1), at(10, 3, { count: 6, min: 2, max: 9 }), at(20, 8)]);
  });

  it("leave the time at its beginning, and are the same ones where none does", () => {
    const buckets = [at(0, 1), at(10, 2)];
    expect(since(buckets, 0)).toBe(buckets);
    expect(since(buckets, 10)).toEqual([at(10, 2)]);
  });
});

describe("rates", () => {
  const span = { fromMs: 0, toMs: 120_000, widthMs: 5_000 };

  it("are events a minute, zero where nothing came, without the part that is being filled", () => {
    const points = rates([at(0, 1, { count: 3 }), at(25_000, 1, { count: 2 }), at(115_000, 1, { count: 99 })], span);
    expect(points.map(({ atMs, last }) => [atMs, last])).toEqual([[0, 10], [30_000, 0], [60_000, 0]]);
  });

  it("have a mean over the time that has passed", () => {
    expect(meanRate([at(0, 1, { count: 30 }), at(60_000, 1, { count: 30 })], span, 120_000)).toBe(30);
    expect(meanRate([], span, 0)).toBe(0);
  });
});

it("sums up first, last, least and greatest", () => {
  expect(statsOf([at(0, 4, { min: 1 }), at(1, 5, { max: 9 })])).toEqual({ first: 4, last: 5, min: 1, max: 9 });
  expect(statsOf([])).toBeNull();
});

it("writes numbers with the decimal places they have, at most two", () => {
  const places = (...values: number[]) => placesOf({ first: values[0]!, last: values[1]!, min: values[2]!, max: values[3]! });
  expect(places(1, 2, 3, 4)).toBe(0);
  expect(places(1, 2.5, 3, 4)).toBe(1);
  expect(places(42.05, 42, 41.4, 43)).toBe(2);
  expect(places(1 / 3, 1, 1, 1)).toBe(2);
});

it("makes a table of no more rows than asked for, with all extremes in it", () => {
  const points = Array.from({ length: 100 }, (_, index) => at(index, index));
  const rows = coarsen(points, 30);
  expect(rows).toHaveLength(25);
  expect(rows[0]).toEqual({ atMs: 0, min: 0, max: 3, last: 3 });
  expect(coarsen(points.slice(0, 3), 30)).toHaveLength(3);
});

describe("a drawing", () => {
  const span = { fromMs: 0, toMs: 100, widthMs: 10 };

  it("goes from the lowest to the highest edge", () => {
    const { line, area } = outline([at(0, 1), at(50, 3)], span, 100, 40, null);
    expect(line).toBe("M5 40L55 0");
    expect(area).toBe("M5 40L5 40L55 0L55 40Z");
  });

  it("is a line in the middle where nothing moves, and one above the floor where there is one", () => {
    expect(outline([at(0, 7), at(10, 7)], span, 100, 40, null).line).toBe("M5 20L15 20");
    expect(outline([at(0, 7), at(10, 7)], span, 100, 40, 0).line).toBe("M5 0L15 0");
    expect(outline([at(0, 0), at(10, 0)], span, 100, 40, 0).line).toBe("M5 40L15 40");
  });

  it("holds no line over an outage, and a dot for a single value", () => {
    const points = [at(0, 1), at(10, 2), at(20, 1), at(90, 2)];
    expect(runs(points, 10).map((run) => run.length)).toEqual([3, 1]);
    expect(outline(points, span, 100, 40, null).line).toMatch(/^M5 40L15 0L25 40M95 0h\.01$/);
  });

  it("of a slow feed is one line however narrow the buckets are", () => {
    expect(runs([at(0, 1), at(1_000, 2), at(2_000, 3)], 10)).toHaveLength(1);
  });

  it("of numbers without bounds has no odd coordinates", () => {
    const { line } = outline([at(0, -Number.MAX_VALUE), at(10, Number.MAX_VALUE), at(20, 0)], span, 100, 40, null);
    expect(line).not.toMatch(/NaN|Infinity/);
    expect(outline([], span, 100, 40, null)).toEqual({ line: "", area: "" });
  });
});
