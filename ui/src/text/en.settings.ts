// What the window says about settings of the whole program, in English.
import type { Density, ImportedEvents, Language, ListKind, OnClose, Theme } from "../ipc/bindings";
import { counted, number } from "./en.numbers";

export const settings = {
  settings: {
    title: "Settings",
    history: "History",
    saved: "Saved.",
    unsaved: (why: string) => `Not saved: ${why}`,
  },

  look: {
    title: "Appearance",
    theme: "Theme",
    themes: { system: "As the desktop", light: "Light", dark: "Dark", highContrast: "High contrast" } satisfies Record<Theme, string>,
    density: "Density",
    densities: { comfortable: "Comfortable", compact: "Compact" } satisfies Record<Density, string>,
    size: "Text size",
    percent: (percent: number) => `${percent} %`,
    language: "Language",
    languages: { system: "As the desktop", en: "English", de: "Deutsch" } satisfies Record<Language, string>,
  },

  starting: {
    title: "Start and close",
    login: "Start at login",
    never: "A profile of its own does not start at login.",
    hidden: "At login, start in the tray without a window",
    closing: "When the window is closed",
    closings: { tray: "Go on in the tray", quit: "Quit" } satisfies Record<OnClose, string>,
    closingHint: "Where the desktop has no tray, closing the window quits.",
  },

  moving: {
    title: "Import and export",
    feeds: "Import feeds…",
    feedsHint: "From a list of addresses, a backup of ntfy’s Android app, ntfy’s client.yml or settings exported here.",
    events: "Import events…",
    eventsHint: "From JSON Lines that were exported here. Feeds are known by their names; none pops up.",
    imported({ stored, held, homeless }: ImportedEvents): string {
      const told = [
        `${counted(stored, "event", "events")} imported`,
        held > 0 ? `${number.format(held)} were there already` : null,
        homeless.length > 0 ? `left out: those of ${homeless.slice(0, 3).join(", ")}${homeless.length > 3 ? ` and ${counted(homeless.length - 3, "other feed", "other feeds")}` : ""}, which ${homeless.length === 1 ? "is" : "are"} not here` : null,
      ];
      return `${told.filter((part) => part !== null).join("; ")}.`;
    },
    busy: "Working…",
    settings: "Export feeds and settings…",
    settingsHint: "As TOML, without passwords, tokens and bodies. “Import feeds” takes the feeds back.",
    exported: (path: string) => `Feeds and settings were written to ${path}`,
    paste: "Paste a list",
    pastePlaceholder: "https://example.com/events\nhttps://example.com/events/more  A name",
    file: "Choose file…",
    tooLarge: "That file is too large for a list of feeds.",
    unreadable: "That file could not be read. Choose it again, or paste its text.",
    show: "Show what is in it",
    kinds: { addresses: "A list of addresses", ntfyPhone: "A backup of ntfy’s Android app", ntfyClient: "ntfy’s client.yml", own: "Settings of Tidings" } satisfies Record<ListKind, string>,
    found: (count: number) => counted(count, "feed", "feeds"),
    choose: "Feeds to add",
    known: "Is there already",
    signsIn: "Signs in; its secret goes to the keyring",
    signsInLater: "Signs in; enter its secret after adding it",
    leftOut: (what: string) => `Not taken over: ${what}`,
    odd: (count: number) => counted(count, "line is no feed:", "lines are no feeds:"),
    all: "Choose all",
    none: "Choose none",
    add: (count: number) => (count === 0 ? "Add feeds" : `Add ${counted(count, "feed", "feeds")}`),
    added: (count: number) => `${counted(count, "feed was", "feeds were")} added.`,
    refused: "These were not added:",
    other: "Another list",
  },

  about: {
    title: "About",
    version: (version: string, licence: string) => `Tidings ${version}, free software under the ${licence} licence.`,
    shortcuts: "Keyboard shortcuts",
    licences: "Licences of its parts",
    licencesIntro: "Tidings is made with the work of others. Each part is named with who holds its copyright, and each licence is here in full.",
    parts: (count: number) => counted(count, "part", "parts"),
    licenceText: "Text of the licence",
    unread: "The licences could not be read.",
    groups: [
      {
        name: "Among events",
        keys: [
          ["j ↓", "Next event"],
          ["k ↑", "Event before"],
          ["Page ↓ ↑", "A page further or back"],
          ["Home End", "Newest or oldest that is loaded"],
          ["Enter", "Read it"],
          ["u", "Read or unread"],
          ["s", "Star it or take its star"],
          ["Delete", "Delete it"],
        ],
      },
      {
        name: "Among feeds",
        keys: [
          ["j ↓", "Next feed"],
          ["k ↑", "Feed before"],
          ["→", "Actions for the feed"],
        ],
      },
    ],
  },

  keep: {
    intro: "Older events are removed beyond these limits; starred ones stay.",
    holds: (events: number, bytes: number) => `The history holds ${counted(events, "event", "events")}, ${number.format(Math.ceil(bytes / 1_000_000))} MB of text.`,
    labels: { days: "Days", events: "Events", megabytes: "Megabytes" },
    none: "No limit",
    hint: "Empty is without a limit. A feed can have limits of its own, in its menu.",
    ownHint: "Empty is without a limit of its own; those for all feeds count too.",
    bodies: "Store bodies and data of events to come",
    wrong: "Enter a whole number above 0, or leave it empty.",
    less: "That is less than before. Events beyond the limits are removed for good.",
    agree: "Remove and keep less",
    leave: "Leave it as it was",
  },
};
