// What the window says about mutes, quiet hours and the services behind feeds, in English.
import type { Day, Mute, MuteFor, Preset } from "../ipc/bindings";
import { times } from "./en.numbers";

export const wishes = {
  mute: {
    /** What is muted, in two words or with its end; null where a mute has ended. */
    state(mute: Mute, nowMs: number): string | null {
      switch (mute.kind) {
        case "off":
          return null;
        case "on":
          return "Muted";
        case "until":
          return mute.atMs > nowMs ? `Muted until ${times.since(mute.atMs, nowMs)}` : null;
      }
    },
    all: (state: string) => `All feeds: ${state.slice(0, 1).toLowerCase()}${state.slice(1)}. Events are stored all the same.`,
    beside: (state: string, mute: string) => `${state} · ${mute}`,
    spans: { hour: "Mute for an hour", tomorrow: "Mute until tomorrow", ever: "Mute until I unmute it", nothing: "Unmute" } satisfies Record<MuteFor, string>,
  },

  preset: {
    label: "Service",
    hint: "Decides how events read and how a feed resumes. Choose one where the wrong service was recognised, or none.",
    automatic: (recognised: string | null) => (recognised === null ? "Automatic" : `Automatic (${recognised})`),
    names: {
      generic: "Server-Sent Events",
      json: "JSON events",
      text: "Plain text",
      ntfy: "ntfy",
      mercure: "Mercure",
      nchan: "nchan",
      mastodon: "Mastodon",
      homeAssistant: "Home Assistant",
      wikimedia: "Wikimedia EventStreams",
      firebase: "Firebase Realtime Database",
    } satisfies Record<Preset, string>,
  },

  notifications: {
    title: "Notifications",
    muteAll: "All feeds",
    audible: "Popups appear as each feed is set.",
    spans: { hour: "Mute for an hour", tomorrow: "Mute until tomorrow", ever: "Mute until I unmute", nothing: "Unmute" } satisfies Record<MuteFor, string>,
    test: "Test",
    send: "Send a test notification",
    sending: "Sending…",
    step: (fine: boolean, message: string) => (fine ? message : `Failed: ${message}`),
    quiet: "Quiet hours",
    on: "Hold popups back in quiet hours",
    hint: "When they end, one popup sums up what came.",
    from: "From",
    to: "To",
    nextDay: "Ends on the next day.",
    wholeDay: "Lasts a whole day.",
    days: "Beginning on",
    urgent: "Urgent events pop up all the same",
    time: "Enter a time, like 22:00.",
    noDay: "Choose at least one day.",
    dayNames: { mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday" } satisfies Record<Day, string>,
    dayLetters: { mon: "Mo", tue: "Tu", wed: "We", thu: "Th", fri: "Fr", sat: "Sa", sun: "Su" } satisfies Record<Day, string>,
  },
};
