// Every sentence of the window, in English.
import type { FeedState, Priority, Probe, Problem, Proxy, Reason } from "../ipc/bindings";
import { adding } from "./en.adding";
import { allowed } from "./en.allowed";
import { bursts } from "./en.bursts";
import { dashboard } from "./en.dashboard";
import { demo } from "./en.demo";
import { finding } from "./en.finding";
import { health } from "./en.health";
import { icons } from "./en.icons";
import { counted, number, times } from "./en.numbers";
import { searches } from "./en.searches";
import { palette } from "./en.palette";
import { tree } from "./en.tree";
import { settings } from "./en.settings";
import { network } from "./en.network";
import { rules } from "./en.rules";
import { templates } from "./en.templates";
import { wishes } from "./en.wishes";
import { works } from "./en.works";
import { said } from "./said";
import { span } from "./time";

function nextTry(untilMs: number, nowMs: number): string {
  return untilMs - nowMs <= 0 ? "Trying again" : `Next try in ${span(untilMs - nowMs)}`;
}

const NEEDS: Record<Reason["code"], string> = {
  signIn: "Needs sign-in",
  key: "Not trusted",
  keyring: "Needs the keyring",
  other: "Needs you",
};

export const english = {
  language: "en",
  direction: "ltr",
  times,
  count: (count: number) => number.format(count),
  app: "Tidings",

  window: {
    failed: "Tidings could not start its engine.",
    outside: "This page is the window of the Tidings app. It does nothing in a browser.",
    title: (unread: number) => (unread > 0 ? `Tidings (${number.format(unread)} unread)` : "Tidings"),
    back: "Back",
    cancel: "Cancel",
    close: "Close",
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
    spoken: (name: string, state: string | null, muted: string | null, unread: number) =>
      [name, state, muted, unread > 0 ? counted(unread, "unread event", "unread events") : null].filter((part) => part !== null).join(", "),
    edit: "Edit…",
    enable: "Turn on",
    disable: "Turn off",
    reconnect: "Reconnect now",
    markRead: "Mark all read",
    keep: "How much is kept…",
    kept: (name: string) => `How much of ${name} is kept`,
    clear: "Clear history",
    remove: "Remove…",
    editSignIn: "Edit sign-in",
    reviewKey: "Review the key…",
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
          return `${nextTry(state.untilMs, nowMs)} — ${said(state.why.message)}`;
        case "needsPerson":
          return said(state.why.message);
        case "stoppedByServer":
          return `Stopped by the server — ${said(state.why.message)}`;
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
    newest: "Newest",
    showNewest: "Go to the newest events",
    showNew: (count: number) => `Show ${counted(count, "new event", "new events")}`,
    unread: "Unread",
    noneYet: "No events yet",
    noneYetHint: (popups: boolean) => (popups ? "What this feed sends appears here and as a popup." : "What this feed sends appears here."),
    noneYetAll: "What your feeds send appears here and as popups.",
    loading: "Loading older events…",
    full: "What is older is found by searching.",
    retry: "Load older events",
    end: "Nothing older",
    actions: "More for this list",
    starred: "Starred",
    untitled: "No title",
    updates: (count: number, open: boolean) => (open ? `${number.format(count)}+ updates` : counted(count, "update", "updates")),
    together: (count: number, open: boolean) => (open ? `${number.format(count)}+ events` : counted(count, "event", "events")),
    folded: "folded",
    unfolded: "unfolded",
    fold: "Fold the updates",
    unfold: "Show each update",
  },

  ...adding,
  ...allowed,
  ...finding,
  ...searches,
  ...palette,
  ...tree,
  ...bursts,
  ...demo,
  ...health,
  ...icons,
  ...network,
  ...settings,
  ...wishes,
  ...works,
  ...rules,
  ...templates,
  dashboard,

  event: {
    pane: "Event",
    actions: "What it offers",
    none: "Nothing chosen",
    noneHint: "Choose an event to read it here.",
    openLink: (host: string) => `Open ${host}`,
    /** A page the event offers: what the sender calls it, and where it leads. */
    action: (label: string, host: string) => `${label} (${host})`,
    markRead: "Mark as read",
    markUnread: "Mark as unread",
    star: "Star",
    starred: "Starred.",
    unstarred: "Star removed.",
    delete: "Delete",
    details: "Details",
    feed: "Feed",
    group: "Group",
    findGroup: "Search for its group",
    type: "Event type",
    lastEventId: "Last event ID",
    noId: "None",
    priority: "Priority",
    data: "Data",
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
    parameter: "Secret in the URL",
    username: "User name",
    password: "Password",
    token: "Bearer token",
    parameterName: "Parameter",
    parameterPlaceholder: "access_token",
    parameterValue: "Value of the parameter",
    parameterNameNeeded: "Enter the parameter’s name, as in ?access_token=….",
    parameterValueNeeded: "Enter the parameter’s value.",
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
    secretsHint: "Passwords, tokens, keys and header values go to the keyring and are never shown again.",
    sessionHint: "Passwords, tokens, keys and header values are kept in memory until Tidings quits.",
    plainHttp: "Send these secrets without encryption inside my own network, where others in it could read them",
    test: "Test this URL",
    testing: "Testing…",
    verdict: {
      open: "It works",
      waiting: "Connected, nothing sent yet",
      notAStream: "Not an event stream",
      signIn: "Sign-in needed",
      untrusted: "Not trusted",
      failed: "No connection",
    } satisfies Record<Probe["verdict"], string>,
    recognised: (name: string) => `Recognised: ${name}`,
    firstEvents: "First events, as popups would show them",
    add: "Add feed",
    save: "Save",
    keepForSession: "Keep for this session only",
  },

  advanced: {
    title: "Advanced",
    set: {
      authority: "own authority",
      pin: "pinned key",
      clientCertificate: "client certificate",
      proxy: "own proxy",
      noProxy: "no proxy",
      times: "own times",
    },
    request: "Request",
    method: "Method",
    body: "Body",
    trust: "Trust and identity",
    authority: "Authority’s certificate",
    pin: "Pinned key",
    clientCertificate: "Client certificate",
    clientKey: "Client certificate’s key",
    proxy: "Proxy",
    proxies: { system: "As in the settings", none: "None", url: "This one" } satisfies Record<Proxy["kind"], string>,
    proxyUrl: "Proxy address",
    proxyUsername: "Proxy user name",
    proxyPassword: "Proxy password",
    times: "Patience",
    silence: "Reconnect when silent for",
    longestWait: "Longest wait between tries",
    seconds: "seconds",
    usual: { silence: "90", longestWait: "300" },
    hint: {
      body: "Sent with every connection. It is stored in the settings file and not shown again.",
      authority: "For servers whose certificate your company or you yourself signed. PEM, added to the authorities this computer knows.",
      pin: "The fingerprint of the one key this server may have. It is enough by itself, whoever signed the certificate. Left empty, the authorities decide.",
      clientCertificate: "For servers that ask who you are (mutual TLS). PEM, with its chain.",
      clientKey: "PEM without a passphrase. It goes to the keyring and is never shown again.",
      proxy: "An http, https, socks5 or socks5h address; with socks5h the proxy looks up names too.",
      silence: "15 to 3600 seconds. Left empty: 90, until Tidings has learned how often this server sends a sign of life.",
      longestWait: "10 to 3600 seconds. After failures the waits grow up to this; left empty, to 300.",
    },
    secondsNeeded: "Enter a whole number of seconds, or leave it empty.",
    kept: "Kept",
    replace: "Replace",
    replaceOf: (label: string) => `Replace ${label}`,
    remove: "Remove",
    removeOf: (label: string) => `Remove ${label}`,
    removed: "Goes when you save",
    keep: "Keep what is set",
    keepOf: (label: string) => `Keep what is set: ${label}`,
    choose: "Choose file…",
    chooseOf: (label: string) => `Choose file… for ${label}`,
    pemPlaceholder: "Paste PEM here: -----BEGIN …",
    readFrom: (file: string) => `Read from ${file}`,
    fileTooLarge: (file: string, kib: number) => `${file} is larger than ${number.format(kib)} KiB, so it is no certificate or key. Choose another file.`,
    fileUnreadable: (file: string) => `${file} could not be read. Choose it again, or paste its text.`,
    fileNotPem: (file: string) => `${file} holds no PEM, the text form that begins with -----BEGIN. Convert it first, for example with openssl.`,
  },

  key: {
    unknown: "No authority that this computer knows vouches for this server. A server of your own or your company’s can be like that, and so would be one that somebody put in between. Nothing was sent to it.",
    changed: "The server’s key is not the one that is pinned for this feed. Its operator may have changed it, or somebody is in between. Nothing was sent to it.",
    show: "Show the key’s fingerprint",
    showBoth: "Compare the fingerprints",
    shown: "The key the server showed (SHA-256)",
    shownInstead: "The key it showed instead (SHA-256)",
    pinned: "The pinned key (SHA-256)",
    compare: "Compare this with what the server’s operator gives you by another way, letter by letter.",
    how: "Where the operator finds it",
    trust: "It is the same: trust this key",
    trustOther: "The change is right: trust this key instead",
    means: "Pins it: this feed then takes this key and no other.",
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
