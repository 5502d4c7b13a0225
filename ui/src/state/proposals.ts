// Tiles for people who have made none: the numbers of their feeds that are worth a look, and how they may be called. Pure.
import type { Choice, FeedNumbers, Numbers, OnlyWhere, Tile } from "../ipc/bindings";

/** Tiles of one feed, so that one with many numbers doesn't push the others away… */
const A_FEED = 6;
/** …and of all. */
export const PROPOSED_MAX = 12;
/** Things that a feed tells of in turn, each with a tile of its own. */
const THINGS = 6;
/** Events from which on a number that never changes is taken for one that never will. */
const ENOUGH = 8;
/** Times in milliseconds and ids are greater than what people measure. */
const TOO_LARGE = 1e11;

/** Names whose numbers count or point, and measure nothing. */
const NO_MEASURE = /^(id|ids|uid|gid|pid|key|seq|sequence|timestamp|time|ts|date|epoch|at|ms|since|until|created|updated|expires|offset|partition|namespace|revision|version|port|year|month|day|code|status|line|column)$/;

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/[ _-]?(percent(age)?|pct)$/, "%"],
  [/[ _-](kib|kb|mib|mb|gib|gb|bytes)[ _-]per[ _-]s(ec|econd)?$/, ""],
  [/[ _-](kib|kb|mib|mb|gib|gb)$/, ""],
  [/[ _-]?(celsius|temp[ _-]c)$/, "°C"],
  [/[ _-]?fahrenheit$/, "°F"],
  [/[ _-]ms$/, "ms"],
  [/[ _-](seconds|secs?)$/, "s"],
  [/[ _-]bytes$/, "B"],
  [/[ _-]watts?$/, "W"],
  [/[ _-]volts?$/, "V"],
  [/[ _-]hpa$/, "hPa"],
];

const SIZES: Record<string, string> = { kib: "KiB", kb: "kB", mib: "MiB", mb: "MB", gib: "GiB", gb: "GB", bytes: "B" };
const CAPITALS = new Set(["cpu", "gpu", "ram", "io", "co2", "uv", "api", "http", "sse", "id", "ip", "btc", "eth", "usd", "eur"]);

/** What a number may be called, and its unit, by the last name of its path. */
export function nameOf(path: string): { label: string; unit: string } {
  const last = leafOf(path);
  let [words, unit] = [last, ""];
  for (const [ending, meant] of UNITS) {
    const found = ending.exec(last.toLowerCase());
    if (found === null || found.index === 0) continue;
    words = last.slice(0, found.index);
    const size = /(kib|kb|mib|mb|gib|gb|bytes)/.exec(found[0])?.[0];
    unit = size === undefined || meant === "B" ? meant : `${SIZES[size]!}${found[0].includes("per") ? "/s" : ""}`;
    break;
  }
  if (unit === "" && /^(percent(age)?|pct)$/i.test(last)) unit = "%";
  return { label: spoken(words), unit };
}

/** Proposes tiles, feed by feed: tasks, the same number of several things, then numbers that move. */
export function propose(feeds: readonly { feed: string; name: string; found: FeedNumbers }[]): Tile[] {
  return feeds.flatMap(({ feed, name, found }) => proposeFor(feed, name, found).slice(0, A_FEED)).slice(0, PROPOSED_MAX);
}

function proposeFor(feed: string, name: string, found: FeedNumbers): Tile[] {
  const usual = found.numbers.filter(({ seen, path }) => seen * 2 >= found.of && !NO_MEASURE.test(plain(leafOf(path))));
  const tasks = usual.find((each) => isProgress(each, found.of));
  if (tasks !== undefined) return [{ feed, shows: "tasks", path: tasks.path, only: null, label: name, unit: "%" }];
  const moving = usual.filter((each) => moves(each, found.of));
  const things = found.choices.find(({ seen, values, path }) => seen * 2 >= found.of && values.length <= THINGS && values.length * 3 <= found.of && !/title|message|text|body/i.test(leafOf(path)));
  if (things !== undefined && moving.length > 0) return eachOf(feed, moving[0]!, things);
  return moving.map(({ path }) => ({ feed, shows: "number", path, only: null, ...named(path, name) }));
}

function eachOf(feed: string, { path }: Numbers, { path: where, values }: Choice): Tile[] {
  return values.map((equals) => ({ feed, shows: "number", path, ...tileOf(path, { path: where, equals }) }));
}

/** The name and unit of a tile of one thing among several. */
export function tileOf(path: string, only: OnlyWhere | null): { only: OnlyWhere | null; label: string; unit: string } {
  const { label, unit } = nameOf(path);
  return { only, label: only === null ? label : `${only.equals} ${label.toLowerCase()}`.trim(), unit };
}

function named(path: string, feedName: string): { label: string; unit: string } {
  const { label, unit } = nameOf(path);
  return { label: label === "" ? feedName : label, unit };
}

function isProgress({ path, seen, keyed, min, max }: Numbers, of: number): boolean {
  return min >= 0 && max <= 100 && keyed * 2 >= seen && seen * 2 >= of && /^(percent(age)?|pct|progress|completion|progresspercent)$/.test(plain(leafOf(path)));
}

function moves({ min, max, last }: Numbers, of: number): boolean {
  return Math.abs(last) < TOO_LARGE && (min !== max || of < ENOUGH);
}

/** The last name of a path as the engine writes it. */
export function leafOf(path: string): string {
  const quoted = /\["((?:[^"\\]|\\.)*)"\](?:\[\d+\])*$/.exec(path);
  if (quoted !== null) return quoted[1]!;
  const name = /([^.[\]]+)(?:\[\d+\])*$/.exec(path);
  return name?.[1] ?? "";
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** "load_1_min" as "Load 1 min". */
function spoken(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[\s_-]+/).filter((word) => word !== "");
  const said = words.map((word) => (CAPITALS.has(word.toLowerCase()) ? word.toUpperCase() : word)).join(" ");
  return said.slice(0, 1).toUpperCase() + said.slice(1);
}
