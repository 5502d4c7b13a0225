// Numbers, counted things and times in German.
import { countingOf, localeOf } from "./locale";
import { timesOf } from "./time";

export const LOCALE = localeOf("de", "de-DE");

export const { number, counted } = countingOf(LOCALE);

export const times = timesOf(LOCALE, {
  justNow: "jetzt",
  today: "Heute",
  yesterday: "Gestern",
  minutesAgo: (minutes) => `vor ${minutes} min`,
});

/** Quotes what somebody else wrote. */
export function quoted(words: string): string {
  return `„${words}“`;
}
