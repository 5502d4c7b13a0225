// Numbers, counted things and times in English.
import { countingOf, localeOf } from "./locale";
import { timesOf } from "./time";

export const LOCALE = localeOf("en", "en-GB");

export const { number, counted } = countingOf(LOCALE);

export const times = timesOf(LOCALE, {
  justNow: "now",
  today: "Today",
  yesterday: "Yesterday",
  minutesAgo: (minutes) => `${minutes} min ago`,
});
