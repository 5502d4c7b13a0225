// What the dashboard says, in English.
import type { RangeName } from "../state/series";
import { counted, LOCALE, number } from "./en.numbers";

const compact = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumSignificantDigits: 4 });
const tiny = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });
const plain = [0, 1, 2].map((maximumFractionDigits) => new Intl.NumberFormat(LOCALE, { maximumFractionDigits }));
const signs = [0, 1, 2].map((maximumFractionDigits) => new Intl.NumberFormat(LOCALE, { maximumFractionDigits, signDisplay: "exceptZero" }));
const share = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
const whole = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const time = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const dayClock = new Intl.DateTimeFormat(LOCALE, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const dayTime = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** A number as precise as its size makes sense of. */
function amount(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e7) return compact.format(value);
  if (size !== 0 && size < 0.1) return tiny.format(value);
  return plain[size >= 10_000 ? 0 : size >= 1_000 ? 1 : 2]!.format(value);
}

/** A number with its unit; the per cent sign stands as the language wants it. */
function measured(value: number, unit: string): string {
  if (unit === "") return amount(value);
  return `${amount(value)}\u00a0${unit}`;
}

/** In words, for "in the last …". */
const RANGE_WORDS: Record<RangeName, string> = { minutes: "5 minutes", hour: "hour", hours: "6 hours", day: "24 hours", week: "7 days", month: "30 days" };

export const dashboard = {
  title: "Dashboard",
  amount,
  measured,
  percent: (value: number) => whole.format(value / 100),
  ranges: {
    label: "Time shown",
    names: { minutes: "5 min", hour: "1 h", hours: "6 h", day: "24 h", week: "7 d", month: "30 d" } satisfies Record<RangeName, string>,
    spoken: (range: RangeName) => `The last ${RANGE_WORDS[range]}`,
  },
  /** A time on the axis of a chart. */
  axis: (atMs: number, range: RangeName) => ({ minutes: time, hour: clock, hours: clock, day: clock, week: dayClock, month: day })[range].format(atMs),
  /** A time in a table. */
  moment: (atMs: number, range: RangeName) => (range === "minutes" ? time : range === "hour" || range === "hours" || range === "day" ? clock : dayTime).format(atMs),

  /** How far a number has moved, and in parts of where it began, where that says something. */
  change(first: number, last: number, unit: string): string {
    const by = last - first;
    const moved = `${signs[Math.abs(by) >= 1_000 ? 0 : Math.abs(by) >= 100 ? 1 : 2]!.format(by)}`;
    return first === 0 || unit === "%" || Math.abs(by / first) > 10 ? moved : `${moved} (${share.format(by / first)})`;
  },
  changeSpoken: (change: string, range: RangeName) => `${change} in the last ${RANGE_WORDS[range]}`,
  /** A chart in words. */
  summary: (stats: { first: number; last: number; min: number; max: number }, unit: string, range: RangeName) =>
    `In the last ${RANGE_WORDS[range]} from ${measured(stats.first, unit)} to ${measured(stats.last, unit)}; lowest ${measured(stats.min, unit)}, highest ${measured(stats.max, unit)}.`,
  extremes: (min: number, max: number) => `${amount(min)} – ${amount(max)}`,
  rate: (perMinute: number) => (perMinute > 0 && perMinute < 1 ? `${amount(perMinute * 60)}\u00a0/\u00a0h` : `${amount(perMinute)}\u00a0/\u00a0min`),
  rateUnit: "/ min",
  sample: (looked: number, of: number) => `Drawn from an even sample of ${number.format(looked)} of ${counted(of, "event", "events")}; short peaks may be missing.`,
  asOf: (when: string) => `Last value ${when}`,
  lastEvent: (when: string) => `Last event ${when}`,
  noEvents: "No events in this time",

  add: "Add tile",
  suggested: "Suggested from what your feeds send. Keep these tiles, or change them as you like.",
  keep: "Keep these",
  kept: "Tiles kept.",
  suggest: "Suggest tiles",
  nothingSuggested: "No feed has sent numbers yet.",
  loading: "Looking for numbers in your feeds…",
  none: "No numbers yet",
  noneHint: "Tiles appear here once a feed sends JSON with numbers, such as a price or a temperature. You can also make one yourself.",
  emptied: "No tiles",
  emptiedHint: "Add a number, tasks or the event rate of a feed.",
  noValue: "No value in this time",
  noTasks: "No task in this time",
  loadingTile: "Loading…",
  open: (label: string, feed: string, value: string) => `${label}, ${feed}: ${value}`,
  actions: (label: string) => `Actions for ${label}`,
  openChart: "Open chart",
  edit: "Edit…",
  remove: "Remove",
  removed: (label: string) => `Tile “${label}” removed.`,
  move: (label: string) => `Move ${label}`,
  moveHint: "Drag, or use the arrow keys",
  moved: (label: string, place: number, of: number) => `${label} is tile ${number.format(place)} of ${number.format(of)}.`,
  board: "Feeds",
  tiles: "Tiles",
  done: "Done",

  chart: {
    table: "Show as a table",
    hideTable: "Hide the table",
    time: "Time",
    last: "Last",
    min: "Lowest",
    max: "Highest",
    drawing: (label: string) => `Line chart of ${label}`,
    close: "Close",
    range: (from: string, to: string) => `${from} to ${to}`,
  },

  form: {
    add: "Add a tile",
    edit: "Edit tile",
    feed: "Feed",
    shows: "Shows",
    kinds: { number: "A number", tasks: "Tasks in progress", rate: "How many events come" },
    path: "Number",
    seen: (path: string, value: number) => `${path === "" ? "The data itself" : path} (${amount(value)})`,
    other: "Another path…",
    otherPath: "JSON path",
    otherHint: "As in order.items[0].price; left empty, the data itself is the number.",
    tasksHint: "Each task is an event with a key and a percentage from 0 to 100.",
    noNumbers: "No number was found in this feed’s newest events. Enter a path if you know it.",
    only: "Only where",
    all: "All events",
    equals: "is",
    label: "Name",
    labelNeeded: "Give the tile a name.",
    unit: "Unit",
    unitHint: "Written behind the number, such as °C.",
    save: "Save",
    looking: "Looking at the newest events…",
  },
};
