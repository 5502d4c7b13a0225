// Numbers, counted things and times in English.
import { timesOf } from "./time";

/** The person's own kind of English where there is one: it decides the order of dates and the clock. */
export const LOCALE = navigator.languages?.find((tag) => /^en\b/i.test(tag) && tag.length > 2) ?? "en-GB";

const plural = new Intl.PluralRules(LOCALE);
export const number = new Intl.NumberFormat(LOCALE);

/** Gives a number with its noun. */
export function counted(count: number, one: string, other: string): string {
  return `${number.format(count)} ${plural.select(count) === "one" ? one : other}`;
}

export const times = timesOf(LOCALE, {
  justNow: "now",
  today: "Today",
  yesterday: "Yesterday",
  minutesAgo: (minutes) => `${minutes} min ago`,
});
