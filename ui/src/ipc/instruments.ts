// Feeds that send numbers, and charts of them as the scripted backend answers: enough of the engine's ways to work on the window.
import type { Bucket, Chart, EventDetail, FeedNumbers, Line, Numbers, Series, Span, Task } from "./bindings";
import type { Told } from "./scene";

/** How many of the newest events are looked through for numbers. */
const LOOKED_THROUGH = 240;
const SYMBOLS = [["OAK", 42.1], ["ELM", 188.75], ["ASH", 9.6], ["YEW", 730.4]] as const;
const TASKS = ["Copying photographs", "Checking the archive", "Building the index"];

/** What three feeds send in one second: a machine's load, prices, and a task's progress. */
export function instrumentsAt(second: number): Told[] {
  const wave = (period: number, shift = 0) => Math.sin((second / period + shift) * 2 * Math.PI);
  const tenths = (value: number) => Math.round(value * 10) / 10;
  const machine = {
    title: "This machine",
    cpu_percent: tenths(31 + 18 * wave(97) + 7 * wave(11)),
    memory_percent: tenths(58 + 3 * wave(240)),
    memory_used_mib: Math.round(9_290 + 480 * wave(240)),
    memory_total_mib: 16_018,
    load_1_min: tenths(1.2 + 0.6 * wave(180)),
    received_kib_per_s: tenths(Math.max(0, 120 + 90 * wave(43) + 40 * wave(7))),
  };
  const prices = SYMBOLS.map(([symbol, price], index) => ({ symbol, price: Math.round(price * (100 + 1.2 * wave(150, index / 4) + 0.4 * wave(13, index / 3))) / 100, change: 0 }));
  const [task, percent] = [Math.floor(second / 63), (second % 63) / 3];
  const told: Told[] = [{ feed: "m", eventType: "system-metrics", title: "This machine", read: true, data: JSON.stringify(machine) }];
  told.push(...prices.map((tick) => ({ feed: "t", eventType: "price-update", title: `${tick.symbol} ${tick.price}`, read: true, data: JSON.stringify(tick) })));
  if (Number.isInteger(percent)) {
    const title = TASKS[task % TASKS.length]!;
    told.push({ feed: "p", eventType: "progress", title, read: true, data: JSON.stringify({ key: `task-${task}`, title, percent: percent * 5 }) });
  }
  return told;
}

/** Sums up lines of what is there. */
export function chartOf(events: readonly EventDetail[], lines: readonly Line[], span: Span, after: string | null): Chart {
  const until = events.at(-1)?.row.id ?? "0";
  const fresh = after === null ? events : events.filter(({ row }) => Number(row.id) > Number(after));
  return { series: lines.map((line) => seriesOf(fresh, line, span)), until, widthMs: span.widthMs };
}

/** Finds numbers in a feed's newest events. */
export function numbersOf(events: readonly EventDetail[], feed: string): FeedNumbers {
  const newest = events.filter(({ row }) => row.feed === feed).slice(-LOOKED_THROUGH);
  const numbers = new Map<string, Numbers>();
  const texts = new Map<string, { seen: number; values: Set<string> }>();
  for (const { data } of newest) {
    const members = read(data);
    for (const [path, value] of Object.entries(members)) {
      if (typeof value === "number") {
        const { seen, keyed, min, max } = numbers.get(path) ?? { seen: 0, keyed: 0, min: Infinity, max: -Infinity };
        numbers.set(path, { path, seen: seen + 1, keyed: keyed + ("key" in members ? 1 : 0), min: Math.min(min, value), max: Math.max(max, value), last: value });
      } else if (typeof value === "string") {
        const known = texts.get(path) ?? { seen: 0, values: new Set() };
        texts.set(path, { seen: known.seen + 1, values: known.values.add(value) });
      }
    }
  }
  const choices = [...texts].filter(([, { values }]) => values.size > 1 && values.size <= 24).map(([path, { seen, values }]) => ({ path, seen, values: [...values].sort() }));
  return { of: newest.length, numbers: [...numbers.values()], choices };
}

function seriesOf(events: readonly EventDetail[], { feed, shows, path, only }: Line, { fromMs, toMs, widthMs }: Span): Series {
  const buckets = new Map<number, Bucket>();
  const tasks = new Map<string, Task>();
  let looked = 0;
  for (const { row, data } of events) {
    if (row.feed !== feed) continue;
    looked++;
    const members = read(data);
    if (row.receivedAtMs < fromMs || row.receivedAtMs >= toMs || (only !== null && String(members[only.path]) !== only.equals)) continue;
    const value = shows === "rate" ? 1 : members[path];
    if (typeof value !== "number") continue;
    const atMs = Math.floor(row.receivedAtMs / widthMs) * widthMs;
    const { count, min, max } = buckets.get(atMs) ?? { count: 0, min: value, max: value };
    buckets.set(atMs, { atMs, count: count + 1, min: Math.min(min, value), max: Math.max(max, value), last: value });
    const key = String(members["key"] ?? "");
    if (key !== "") tasks.set(key, { key, title: row.title, percent: value, atMs: row.receivedAtMs });
  }
  const latest = [...tasks.values()].sort((one, other) => other.atMs - one.atMs).slice(0, 12);
  return { buckets: shows === "tasks" ? [] : [...buckets.values()], tasks: shows === "tasks" ? latest : [], looked, of: looked, wrong: null };
}

function read(data: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(data);
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
