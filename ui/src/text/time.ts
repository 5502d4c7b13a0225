// Times as people read them, in the language of the sentences and the habits of the person's region.
import type { Day } from "../ipc/bindings";

export type Times = {
  /** The time of day, to the minute. */
  clock(atMs: number): string;
  /** Day and time, to the second. */
  full(atMs: number): string;
  /** Short for the recent past, the time of day before that. */
  brief(atMs: number, nowMs: number): string;
  /** A day as a heading. */
  day(atMs: number, nowMs: number): string;
  /** The time of day where it was today, with its day where it wasn't. */
  since(atMs: number, nowMs: number): string;
};

export type Words = { justNow: string; today: string; yesterday: string; minutesAgo(minutes: number): string };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Makes the formatters of a locale; they are kept because making one costs more than using it a thousand times. */
export function timesOf(locale: string, words: Words): Times {
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
  const dated = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const short = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return {
    clock: (atMs) => clock.format(atMs),
    full: (atMs) => full.format(atMs),
    brief(atMs, nowMs) {
      const age = nowMs - atMs;
      if (age < 0 || age >= HOUR_MS) return clock.format(atMs);
      return age < MINUTE_MS ? words.justNow : words.minutesAgo(Math.floor(age / MINUTE_MS));
    },
    day(atMs, nowMs) {
      const distance = daysBetween(atMs, nowMs);
      if (distance === 0) return words.today;
      if (distance === 1) return words.yesterday;
      return new Date(atMs).getFullYear() === new Date(nowMs).getFullYear() ? weekday.format(atMs) : dated.format(atMs);
    },
    since: (atMs, nowMs) => (daysBetween(atMs, nowMs) === 0 ? clock.format(atMs) : short.format(atMs)),
  };
}

/** Counts local midnights between two instants, whatever the length of the days between them. */
function daysBetween(earlierMs: number, laterMs: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(laterMs) - midnight(earlierMs)) / (24 * HOUR_MS));
}

/** Longer waits need no seconds. */
const SECONDS_MATTER_BELOW_S = 600;

/** A time to wait, exact where it is short. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < SECONDS_MATTER_BELOW_S) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  return inHours(Math.floor(seconds / 60));
}

/** A length of time without its seconds. */
export function length(ms: number, under: string): string {
  const minutes = Math.round(ms / MINUTE_MS);
  return minutes < 1 ? under : inHours(minutes);
}

function inHours(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Weekdays by their names; three in a row or more by their ends. */
export function weekdays(days: readonly Day[], names: Record<Day, string>, all: Intl.ListFormat, to: string): string {
  const week = Object.keys(names) as Day[];
  const sorted = week.filter((day) => days.includes(day));
  const [first, last] = [week.indexOf(sorted[0]!), week.indexOf(sorted.at(-1)!)];
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${names[sorted[0]!]} ${to} ${names[sorted.at(-1)!]}`;
  return all.format(sorted.map((day) => names[day]));
}
