// What the dashboard says, in English.
import type { RangeName } from "../state/series";
import { counted, LOCALE, number } from "./en.numbers";
import { figuresOf } from "./locale";

const figures = figuresOf(LOCALE, "");
const { amount, measured } = figures;

/** In words, for "in the last …". */
const RANGE_WORDS: Record<RangeName, string> = { minutes: "5 minutes", hour: "hour", hours: "6 hours", day: "24 hours", week: "7 days", month: "30 days" };

export const dashboard = {
  title: "Dashboard",
  ...figures,
  ranges: {
    label: "Time shown",
    names: { minutes: "5 min", hour: "1 h", hours: "6 h", day: "24 h", week: "7 d", month: "30 d" } satisfies Record<RangeName, string>,
    spoken: (range: RangeName) => `The last ${RANGE_WORDS[range]}`,
  },
  changeSpoken: (change: string, range: RangeName) => `${change} in the last ${RANGE_WORDS[range]}`,
  /** A chart in words. */
  summary(stats: { first: number; last: number; min: number; max: number }, unit: string, range: RangeName, places?: number): string {
    const [first, last, min, max] = [stats.first, stats.last, stats.min, stats.max].map((value) => measured(value, unit, places));
    return `In the last ${RANGE_WORDS[range]} from ${first} to ${last}; lowest ${min}, highest ${max}.`;
  },
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
