// Numbers over time as the window holds and draws them: pure.
import type { Bucket, Span } from "../ipc/bindings";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Buckets that make one rate: in fewer, a steady feed would seem to tremble. */
const JOINED = 6;
/** More decimal places than this are noise. */
const PLACES = 2;

/** How far a chart looks back. */
export const RANGES = {
  minutes: 5 * MINUTE_MS,
  hour: HOUR_MS,
  hours: 6 * HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
} as const;

export type RangeName = keyof typeof RANGES;

export const RANGE_NAMES = Object.keys(RANGES) as RangeName[];

/** What a drawing needs of one span of time; a value is a number, or events a minute. */
export type Point = { atMs: number; min: number; max: number; last: number };

export type Stats = { first: number; last: number; min: number; max: number };

/** The width of a bucket when a range has so many of them. */
export function widthOf(range: RangeName, points: number): number {
  return Math.ceil(RANGES[range] / points);
}

/** The time from the beginning of the oldest bucket to the end of the one that is being filled. */
export function spanAt(range: RangeName, points: number, nowMs: number): Span {
  const widthMs = widthOf(range, points);
  const toMs = (Math.floor(nowMs / widthMs) + 1) * widthMs;
  return { fromMs: toMs - points * widthMs, toMs, widthMs };
}

/** Adds later buckets; where both have one of the same time, they are two parts of it. */
export function merge(known: readonly Bucket[], later: readonly Bucket[]): Bucket[] {
  const merged = new Map(known.map((bucket) => [bucket.atMs, bucket]));
  for (const bucket of later) {
    const part = merged.get(bucket.atMs);
    merged.set(bucket.atMs, part === undefined ? bucket : { ...bucket, count: part.count + bucket.count, min: Math.min(part.min, bucket.min), max: Math.max(part.max, bucket.max) });
  }
  return [...merged.values()].sort((one, other) => one.atMs - other.atMs);
}

/** Leaves out what is older than a time. */
export function since(buckets: readonly Bucket[], fromMs: number): readonly Bucket[] {
  return buckets.length === 0 || buckets[0]!.atMs >= fromMs ? buckets : buckets.filter(({ atMs }) => atMs >= fromMs);
}

/** Events a minute in every few buckets of a time, zero where there were none; what is being filled is left out. */
export function rates(buckets: readonly Bucket[], { fromMs, toMs, widthMs }: Span): Point[] {
  const joined = JOINED * widthMs;
  const counts = new Map<number, number>();
  for (const { atMs, count } of buckets) {
    const at = Math.floor(atMs / joined) * joined;
    counts.set(at, (counts.get(at) ?? 0) + count);
  }
  const points: Point[] = [];
  for (let atMs = Math.ceil(fromMs / joined) * joined; atMs + joined <= toMs - widthMs; atMs += joined) {
    const rate = ((counts.get(atMs) ?? 0) * MINUTE_MS) / joined;
    points.push({ atMs, min: rate, max: rate, last: rate });
  }
  return points;
}

/** Events a minute over the whole of a time, as far as it lies behind. */
export function meanRate(buckets: readonly Bucket[], { fromMs }: Span, nowMs: number): number {
  const count = since(buckets, fromMs).reduce((sum, bucket) => sum + bucket.count, 0);
  return (count * MINUTE_MS) / Math.max(nowMs - fromMs, 1);
}

export function statsOf(points: readonly Point[]): Stats | null {
  if (points.length === 0) return null;
  let [min, max] = [Infinity, -Infinity];
  for (const point of points) {
    min = Math.min(min, point.min);
    max = Math.max(max, point.max);
  }
  return { first: points[0]!.last, last: points.at(-1)!.last, min, max };
}

/** How many decimal places numbers have, so that all of them are written alike. */
export function placesOf(stats: Stats): number {
  const has = (value: number, places: number) => Math.abs(value * 10 ** places - Math.round(value * 10 ** places)) < 1e-6 * 10 ** places;
  for (let places = 0; places < PLACES; places++) if (Object.values(stats).every((value: number) => has(value, places))) return places;
  return PLACES;
}

/** Joins points to at most so many, for a table. */
export function coarsen(points: readonly Point[], most: number): Point[] {
  const size = Math.ceil(points.length / most);
  if (size <= 1) return [...points];
  const joined: Point[] = [];
  for (let at = 0; at < points.length; at += size) {
    const part = points.slice(at, at + size);
    const stats = statsOf(part)!;
    joined.push({ atMs: part[0]!.atMs, min: stats.min, max: stats.max, last: stats.last });
  }
  return joined;
}

/** A drawing of points: the line through the last ones, and the area below the greatest. */
export function outline(points: readonly Point[], { fromMs, toMs, widthMs }: Span, width: number, height: number, floor: number | null): { line: string; area: string } {
  const stats = statsOf(points);
  if (stats === null) return { line: "", area: "" };
  const low = floor === null ? stats.min : Math.min(floor, stats.min);
  const high = stats.max === low ? low + 1 : stats.max;
  const x = (atMs: number) => round(((Math.min(atMs + widthMs / 2, toMs) - fromMs) / (toMs - fromMs)) * width);
  // Halves, because the distance of two great numbers may be none.
  const y = (value: number) => round(stats.max === stats.min && floor === null ? height / 2 : height - ((value / 2 - low / 2) / (high / 2 - low / 2)) * height);
  const parts = runs(points, widthMs);
  const line = parts.map((run) => (run.length === 1 ? `M${x(run[0]!.atMs)} ${y(run[0]!.last)}h.01` : `M${run.map((point) => `${x(point.atMs)} ${y(point.last)}`).join("L")}`)).join("");
  const area = parts.map((run) => `M${x(run[0]!.atMs)} ${height}L${run.map((point) => `${x(point.atMs)} ${y(point.max)}`).join("L")}L${x(run.at(-1)!.atMs)} ${height}Z`).join("");
  return { line, area };
}

/** Parts with no hole that is much wider than the usual distance, so that no line is drawn over an outage. */
export function runs(points: readonly Point[], widthMs: number): Point[][] {
  const distances = points.slice(1).map((point, index) => point.atMs - points[index]!.atMs).sort((one, other) => one - other);
  const usual = Math.max(widthMs, distances[Math.floor(distances.length / 2)] ?? widthMs);
  const parts: Point[][] = [];
  for (const point of points) {
    const run = parts.at(-1);
    if (run === undefined || point.atMs - run.at(-1)!.atMs > 5 * usual) parts.push([point]);
    else run.push(point);
  }
  return parts;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
