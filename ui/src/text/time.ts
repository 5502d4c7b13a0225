// Times as people read them, in the language of the sentences and the habits of the person's region.

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
