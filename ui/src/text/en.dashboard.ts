// What the dashboard says, in English.
import type { RangeName } from "../state/series";
import { counted, LOCALE, number } from "./en.numbers";

const compact = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumSignificantDigits: 4 });
const tiny = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 });
const plain = [0, 1, 2].map((maximumFractionDigits) => new Intl.NumberFormat(LOCALE, { maximumFractionDigits }));
const fixed = [0, 1, 2].map((digits) => new Intl.NumberFormat(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
const signs = [0, 1, 2].map((maximumFractionDigits) => new Intl.NumberFormat(LOCALE, { maximumFractionDigits, signDisplay: "exceptZero" }));
const share = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
const whole = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const time = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const dayClock = new Intl.DateTimeFormat(LOCALE, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const dayTime = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** A number as precise as its size makes sense of; with so many decimal places where it stands among others. */
function amount(value: number, places?: number): string {
  const size = Math.abs(value);
  if (size >= 1e7) return compact.format(value);
  if (size !== 0 && size < 0.1) return tiny.format(value);
  const most = size >= 10_000 ? 0 : size >= 1_000 ? 1 : 2;
  return (places === undefined ? plain[most]! : fixed[Math.min(places, most)]!).format(value);
}

/** A number with its unit, from which only the per cent sign has no space in English. */
function measured(value: number, unit: string, places?: number): string {
  return `${amount(value, places)}${unit === "" || unit === "%" ? "" : "\u00a0"}${unit}`;
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
  axis: (atMs: number, range: RangeName) => (atMs % 60_000 === 0 ? { minutes: clock, hour: clock, hours: clock, day: clock, week: dayClock, month: day }[range] : time).format(atMs),
  /** A time in a table. */
  moment: (atMs: number, range: RangeName) => (range === "minutes" ? time : range === "hour" || range === "hours" || range === "day" ? clock : dayTime).format(atMs),

  /** How far a number has moved, and in parts of where it began where that says something. */
  change(first: number, last: number, unit: string): [moved: string, share: string | null] {
    const by = last - first;
    const moved = signs[Math.abs(by) >= 1_000 ? 0 : Math.abs(by) >= 100 ? 1 : 2]!.format(by);
    const part = Math.abs(by / first);
    return [moved, first === 0 || unit === "%" || part > 10 || part < 0.0005 ? null : `(${share.format(by / Math.abs(first))})`];
  },
  changeSpoken: (change: string, range: RangeName) => `${change} in the last ${RANGE_WORDS[range]}`,
  /** A chart in words. */
  summary(stats: { first: number; last: number; min: number; max: number }, unit: string, range: RangeName, places?: number): string {
    const [first, last, min, max] = [stats.first, stats.last, stats.min, stats.max].map((value) => measured(value, unit, places));
    return `In the last ${RANGE_WORDS[range]} from ${first} to ${last}; lowest ${min}, highest ${max}.`;
  },
  extremes: (min: number, max: number, places?: number) => `${amount(min, places)} – ${amount(max, places)}`,
  rate(perMinute: number): string {
    const [value, unit] = perMinute > 0 && perMinute < 1 ? [perMinute * 60, "h"] : [perMinute, "min"];
    return `${amount(value, value === 0 || value >= 9.95 ? 0 : 1)}\u00a0/\u00a0${unit}`;
  },
  rateUnit: "/ min",
  sample: (looked: number, of: number) => `Drawn from an even sample of ${number.format(looked)} of ${counted(of, "event", "events")}; short peaks may be missing.`,
  asOf: (when: string) => `Last value ${when}`,
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
