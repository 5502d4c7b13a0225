// Every sentence of the window, in English.
import type { FeedState, Priority, Probe, Problem, Reason } from "../ipc/bindings";
import { timesOf } from "./time";

/** The person's own kind of English where there is one: it decides the order of dates and the clock. */
const LOCALE = navigator.languages?.find((tag) => /^en\b/i.test(tag) && tag.length > 2) ?? "en-GB";

const plural = new Intl.PluralRules(LOCALE);
const number = new Intl.NumberFormat(LOCALE);

function counted(count: number, one: string, other: string): string {
  return `${number.format(count)} ${plural.select(count) === "one" ? one : other}`;
}

/** Longer waits need no seconds. */
const SECONDS_MATTER_BELOW_S = 600;

function span(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (seconds < SECONDS_MATTER_BELOW_S) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const times = timesOf(LOCALE, {
  justNow: "now",
  today: "Today",
  yesterday: "Yesterday",
  minutesAgo: (minutes) => `${minutes} min ago`,
});

function nextTry(untilMs: number, nowMs: number): string {
  return untilMs - nowMs <= 0 ? "Trying again" : `Next try in ${span(untilMs - nowMs)}`;
}

const NEEDS: Record<Reason["code"], string> = {
  signIn: "Needs sign-in",
  keyring: "Needs the keyring",
  other: "Needs you",
};

export const english = {
  language: "en",
  times,
  count: (count: number) => number.format(count),
  app: "Tidings",

  window: {
    failed: "Tidings could not start its engine.",
    outside: "This page is the window of the Tidings app. It does nothing in a browser.",
    title: (unread: number) => (unread > 0 ? `Tidings (${number.format(unread)} unread)` : "Tidings"),
    back: "Back",
    cancel: "Cancel",
    dismiss: "Dismiss",
    tryAgain: "Try again",
  },

  feeds: {
    pane: "Feeds",
    all: "All feeds",
    add: "Add feed",
    pauseAll: "Pause all",
    resumeAll: "Resume all",
    pausedNote: "Everything is paused. Feeds are not connected.",
    actions: (name: string) => `Actions for ${name}`,
    /** A feed as it is read aloud. */
    spoken: (name: string, state: string | null, muted: boolean, unread: number) =>
      [name, state, muted ? "No popups" : null, unread > 0 ? counted(unread, "unread event", "unread events") : null].filter((part) => part !== null).join(", "),
    edit: "Edit…",
    enable: "Turn on",
    disable: "Turn off",
    reconnect: "Reconnect now",
    markRead: "Mark all read",
    remove: "Remove…",
    editSignIn: "Edit sign-in",
    onlyThisSession: "Use for this session only",
    muted: "No popups",
    removed: (name: string) => `Removed “${name}”.`,
  },

  state: {
    /** A word or two beside the feed's name. */
    brief(state: FeedState, nowMs: number): string {
      switch (state.kind) {
        case "connecting":
          return "Connecting…";
        case "live":
          return "Live";
        case "offline":
          return "Offline";
        case "waiting":
          return nextTry(state.untilMs, nowMs);
        case "needsPerson":
          return NEEDS[state.why.code];
        case "stoppedByServer":
          return "Stopped by the server";
        case "paused":
          return "Paused";
        case "disabled":
          return "Off";
      }
    },
    /** The whole sentence, where there is room for it. */
    full(state: FeedState, nowMs: number): string {
      switch (state.kind) {
        case "connecting":
          return "Connecting…";
        case "live":
          return `Live since ${times.since(state.sinceMs, nowMs)}`;
        case "offline":
          return "Offline — connects as soon as this computer has a network";
        case "waiting":
          return `${nextTry(state.untilMs, nowMs)} — ${state.why.message}`;
        case "needsPerson":
          return state.why.message;
        case "stoppedByServer":
          return `Stopped by the server — ${state.why.message}`;
        case "paused":
          return "Paused with everything else";
        case "disabled":
          return "Turned off";
      }
    },
    summary(live: number, wanted: number): string {
      if (wanted === 0) return "No feed is turned on";
      return live === wanted ? counted(live, "feed live", "feeds live") : `${number.format(live)} of ${counted(wanted, "feed", "feeds")} live`;
    },
  },

  history: {
    pane: "History",
    list: "Events, newest first",
    markAllRead: "Mark all read",
    newEvents: (count: number) => `${number.format(count)} new`,
    showNew: (count: number) => `Show ${counted(count, "new event", "new events")}`,
    unread: "Unread",
    noneYet: "No events yet",
    noneYetHint: (popups: boolean) => (popups ? "What this feed sends appears here and as a popup." : "What this feed sends appears here."),
    noneYetAll: "What your feeds send appears here and as popups.",
    loading: "Loading older events…",
    retry: "Load older events",
    end: "Nothing older",
    untitled: "No title",
  },

  event: {
    pane: "Event",
    none: "Nothing chosen",
    noneHint: "Choose an event to read it here.",
    openLink: (host: string) => `Open ${host}`,
    markRead: "Mark as read",
    markUnread: "Mark as unread",
    details: "Details",
    feed: "Feed",
    type: "Event type",
    lastEventId: "Last event ID",
    noId: "None",
    priority: "Priority",
    data: "Data",
    pretty: "Formatted",
    asSent: "As sent",
    form: "How the data is shown",
    copy: "Copy data",
    copied: "Copied.",
    copyFailed: "The clipboard could not be reached.",
    noData: "This event has no data.",
    showAll: (characters: number) => `Show all ${counted(characters, "character", "characters")}`,
  },

  priority: {
    min: "Lowest",
    low: "Low",
    normal: "Normal",
    high: "High",
    urgent: "Urgent",
  } satisfies Record<Priority, string>,

  form: {
    addTitle: "Add a feed",
    editTitle: (name: string) => `Edit ${name}`,
    url: "Address (URL)",
    urlPlaceholder: "https://example.com/events",
    urlNeeded: "Enter the feed’s address.",
    name: "Name",
    nameHint: "Left empty, the feed is named after its host.",
    signIn: "Sign-in",
    none: "None",
    basic: "User name and password",
    bearer: "Token",
    username: "User name",
    password: "Password",
    token: "Bearer token",
    secretSet: "Set — type to replace",
    secretMissing: "Not stored — type it again",
    show: "Show",
    hide: "Hide",
    showOf: (name: string) => `Show ${name}`,
    hideOf: (name: string) => `Hide ${name}`,
    headers: "Extra request headers",
    headerName: "Header name",
    headerValue: "Value",
    headerNameOf: (index: number) => `Name of header ${index}`,
    headerValueOf: (index: number) => `Value of header ${index}`,
    addHeader: "Add header",
    removeHeader: (name: string, index: number) => `Remove header ${name === "" ? index : name}`,
    headerNameNeeded: "A header needs a name.",
    headerValueNeeded: (name: string) => `Type the value of ${name}.`,
    notify: "Show popups for this feed",
    secretsHint: "Passwords, tokens and header values go to the keyring and are never shown again.",
    sessionHint: "Passwords, tokens and header values are kept in memory until Tidings quits.",
    plainHttp: "Send these secrets without encryption inside my own network, where others in it could read them",
    test: "Test this URL",
    testing: "Testing…",
    verdict: {
      open: "It works",
      waiting: "Connected, nothing sent yet",
      notAStream: "Not an event stream",
      signIn: "Sign-in needed",
      failed: "No connection",
    } satisfies Record<Probe["verdict"], string>,
    recognised: (name: string) => `Recognised: ${name}`,
    firstEvents: "First events, as popups would show them",
    add: "Add feed",
    save: "Save",
    keepForSession: "Keep for this session only",
  },

  remove: {
    title: (name: string) => `Remove “${name}”?`,
    events: "All its stored events are deleted",
    unread: (count: number) => `All its stored events are deleted, ${number.format(count)} of them unread`,
    secrets: "its passwords, tokens and header values are deleted too",
    sentence: (events: string, secrets: string | null) => `${events}${secrets === null ? "" : `, and ${secrets}`}. This cannot be undone.`,
    confirm: "Remove feed",
  },

  welcome: {
    title: "Hear from any feed",
    sentence: "Tidings turns Server-Sent Events into notifications and keeps them in a history.",
    url: "Paste a feed URL",
    go: "Continue",
  },

  problems: {
    pane: "Problems",
    part: {
      settings: "Settings",
      keyring: "Keyring",
      history: "History",
      notifications: "Notifications",
    } satisfies Record<Problem["part"], string>,
  },

  failure: {
    unexpected: (detail: string) => (detail === "" ? "Something unexpected went wrong." : `Something unexpected went wrong: ${detail}`),
  },
};
