// Numbers, counted things and figures as the person's region writes them.
import type { RangeName } from "../state/series";

/** The person's own kind of a language where there is one: it decides the order of dates and the clock. */
export function localeOf(language: string, usual: string): string {
  return navigator.languages?.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? usual;
}

/** Gives a number as it is written, and a number with its noun. */
export function countingOf(locale: string): { number: Intl.NumberFormat; counted(count: number, one: string, other: string): string } {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return { number, counted: (count, one, other) => `${number.format(count)} ${plural.select(count) === "one" ? one : other}` };
}

/** As much of somebody else's words as says which ones are meant. */
export function cut(words: string, longest: number): string {
  const letters = [...words];
  return letters.length > longest ? `${letters.slice(0, longest).join("")}…` : words;
}

/** What the dashboard writes, with what stands between a number and a per cent sign. */
export function figuresOf(locale: string, percentGap: string) {
  const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const compact = numbers({ notation: "compact", maximumSignificantDigits: 4 });
  const tiny = numbers({ maximumSignificantDigits: 3 });
  const plain = [0, 1, 2].map((maximumFractionDigits) => numbers({ maximumFractionDigits }));
  const fixed = [0, 1, 2].map((digits) => numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits }));
  const signs = [0, 1, 2].map((maximumFractionDigits) => numbers({ maximumFractionDigits, signDisplay: "exceptZero" }));
  const share = numbers({ style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
  const whole = numbers({ style: "percent", maximumFractionDigits: 0 });
  const clocked = { hour: "2-digit", minute: "2-digit" } as const;
  const dated = { day: "numeric", month: "short" } as const;
  const time = dates({ ...clocked, second: "2-digit" });
  const clock = dates(clocked);
  const dayClock = dates({ weekday: "short", ...clocked });
  const day = dates(dated);
  const dayTime = dates({ ...dated, ...clocked });

  /** A number as precise as its size makes sense of; with so many decimal places where it stands among others. */
  function amount(value: number, places?: number): string {
    const size = Math.abs(value);
    if (size >= 1e7) return compact.format(value);
    if (size !== 0 && size < 0.1) return tiny.format(value);
    const most = size >= 10_000 ? 0 : size >= 1_000 ? 1 : 2;
    return (places === undefined ? plain[most]! : fixed[Math.min(places, most)]!).format(value);
  }

  return {
    amount,
    /** A number with its unit. */
    measured: (value: number, unit: string, places?: number): string => `${amount(value, places)}${unit === "" ? "" : unit === "%" ? percentGap : "\u00a0"}${unit}`,
    percent: (value: number) => whole.format(value / 100),
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
    extremes: (min: number, max: number, places?: number) => `${amount(min, places)} – ${amount(max, places)}`,
    rate(perMinute: number): string {
      const [value, unit] = perMinute > 0 && perMinute < 1 ? [perMinute * 60, "h"] : [perMinute, "min"];
      return `${amount(value, value === 0 || value >= 9.95 ? 0 : 1)}\u00a0/\u00a0${unit}`;
    },
    rateUnit: "/ min",
  };
}
