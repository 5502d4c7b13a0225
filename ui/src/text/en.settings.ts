// What the window says about settings of the whole program, in English.
import { counted, number } from "./en.numbers";

export const settings = {
  settings: {
    title: "Settings",
    history: "History",
    saved: "Saved.",
    unsaved: (why: string) => `Not saved: ${why}`,
  },

  keep: {
    intro: "Older events are removed beyond these limits; starred ones stay.",
    holds: (events: number, bytes: number) => `The history holds ${counted(events, "event", "events")}, ${number.format(Math.ceil(bytes / 1_000_000))} MB of text.`,
    labels: { days: "Days", events: "Events", megabytes: "Megabytes" },
    none: "No limit",
    hint: "Empty is without a limit. A feed can have limits of its own.",
    wrong: "Enter a whole number above 0, or leave it empty.",
    less: "That is less than before. Events beyond the limits are removed for good.",
    agree: "Remove and keep less",
    leave: "Leave it as it was",
  },
};
