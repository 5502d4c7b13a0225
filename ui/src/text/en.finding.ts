// What the window says about finding events, keeping and losing them, in English.
import type { ExportFormat, Trace } from "../ipc/bindings";
import { counted, number, times } from "./en.numbers";
import { cut } from "./locale";
import { said } from "./said";

/** As much of a title or a search as says which one is meant. */
const QUOTED_MAX = 80;

const quoted = (words: string) => `“${cut(words, QUOTED_MAX)}”`;

function stopLine(presented: Trace["presented"], stop: Trace["stop"], rule: string | null, nowMs: number): string {
  switch (stop?.kind) {
    case "feedOff":
      return "Popups were off for this feed.";
    case "rule":
      return rule === null ? "A rule shows no popup for it." : `The rule “${rule}” shows no popup for it.`;
    case "feedMuted":
      return "The feed was muted.";
    case "allMuted":
      return "Everything was muted.";
    case "quiet":
      return `It came in quiet hours, until ${times.since(stop.untilMs, nowMs)}. Their end ${presented === "shown" ? "brought" : "brings"} it in a summary.`;
    case undefined:
      if (presented === "shown" && rule !== null) return `The rule “${rule}” applied to it, and nothing kept it back.`;
      return NO_STOP[presented];
  }
}

/** What became of a popup that nothing kept back. */
const NO_STOP: Record<Trace["presented"], string> = {
  new: "Its popup is still to come.",
  presenting: "Its popup was handed to the desktop, which has not answered yet.",
  shown: "Popups were on for this feed, and nothing kept it back.",
  suppressed: "Events of this kind raise no popup.",
};

export const finding = {
  search: {
    label: (feed: string | null) => (feed === null ? "Search all feeds" : `Search in ${feed}`),
    placeholder: "Search",
    clear: "Clear the search",
    everywhere: "Search all feeds",
    quick: "Show only",
    starred: "Starred",
    unread: "Unread",
    found: (count: number, more: boolean) => (more ? `${number.format(count)}+ found` : `${number.format(count)} found`),
    foundSpoken: (count: number, more: boolean) =>
      count === 0 ? "Nothing found" : more ? `More than ${counted(count, "event", "events")} found` : `${counted(count, "event", "events")} found`,
    none: "Nothing found",
    noneHint: (text: string, feed: string | null) => `${feed === null ? "No event" : `No event of ${feed}`} fits ${quoted(text)}.`,
    help: "How to search",
    helpIntro: "Press / to come here and Escape to leave. All conditions hold at once; capital letters and accents make no difference.",
    terms: [
      ["water cellar", "Both words, in the title or the text"],
      ['"water in the cellar"', "These words in a row"],
      ["temp*", "Words that begin like this"],
      ["-test", "Without this word; works before filters too"],
      ["feed:deploys", "From feeds with this name"],
      ["type:alert", "Of this event type"],
      ["group:web-1", "Of this group, as a feed’s topic or template names it"],
      ["priority:high+", "High and above; also min, low, normal, urgent"],
      ["is:unread", "Not read yet; also is:read, is:starred"],
      ["has:link", "With a link to open"],
      ["after:2h", "Since two hours ago; also 3d or 2026-11-21"],
      ["before:2026-11-21", "Before that day"],
    ] as const,
  },

  choosing: {
    bar: "What to do with the chosen events",
    count: (count: number) => `${number.format(count)} chosen`,
    markRead: "Mark read",
    markUnread: "Mark unread",
    clear: "Choose none",
  },

  bin: {
    event: (title: string) => (title === "" ? "Event deleted." : `Deleted ${quoted(title)}.`),
    events: (events: number) => `${counted(events, "event", "events")} deleted.`,
    feed: (name: string, events: number) => `Cleared ${quoted(name)}: ${counted(events, "event", "events")} deleted.`,
    undo: "Undo",
    undone: "Brought back.",
  },

  exporting: {
    entry: "Export…",
    title: "Export events",
    what: (feed: string | null, search: string) => `${feed === null ? "The events of all feeds" : `The events of ${feed}`}${search === "" ? "" : ` that ${quoted(search)} finds`}.`,
    format: "Format",
    formats: { jsonLines: "JSON Lines", csv: "CSV", markdown: "Markdown" } satisfies Record<ExportFormat, string>,
    hints: {
      jsonLines: "Everything there is, one event a line, for programs.",
      csv: "A table, for spreadsheets.",
      markdown: "For reading and for notes.",
    } satisfies Record<ExportFormat, string>,
    go: "Choose file…",
    busy: "Exporting…",
    done: (events: number, path: string) => `Exported ${counted(events, "event", "events")} to ${path}`,
  },

  trace: {
    why: (shown: boolean) => (shown ? "Why was I notified?" : "Why was I not notified?"),
    /** What decided about an event's popup, a sentence each. */
    lines({ presented, rule, stop, template }: Trace, nowMs: number): string[] {
      const lines = [stopLine(presented, stop, rule, nowMs)];
      const named = stop?.kind === "rule" || (stop === null && presented === "shown");
      if (rule !== null && !named) lines.push(`The rule “${rule}” applied to it.`);
      if (template !== null) lines.push(`A template could not be used: ${said(template)}`);
      return lines;
    },
  },
};
