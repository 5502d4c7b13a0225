// What the window says about mutes, quiet hours and the services behind feeds, in German.
import { times } from "./de.numbers";
import type { wishes as english } from "./en.wishes";
import type { Same } from "./same";

const SPANS = { hour: "Eine Stunde stummschalten", tomorrow: "Bis morgen stummschalten", ever: "Stummschalten, bis ich es aufhebe", nothing: "Stummschaltung aufheben" };

export const wishes: Same<typeof english> = {
  mute: {
    state(mute, nowMs) {
      switch (mute.kind) {
        case "off":
          return null;
        case "on":
          return "Stumm";
        case "until":
          return mute.atMs > nowMs ? `Stumm bis ${times.since(mute.atMs, nowMs)}` : null;
      }
    },
    all: (state) => `Alle Feeds: ${state.slice(0, 1).toLowerCase()}${state.slice(1)}. Ereignisse werden trotzdem gespeichert.`,
    beside: (state, mute) => `${state} · ${mute}`,
    spans: SPANS,
  },

  preset: {
    label: "Dienst",
    hint: "Bestimmt, wie Ereignisse gelesen werden und wie ein Feed fortgesetzt wird. Wurde der falsche Dienst erkannt oder keiner, hier einen wählen.",
    automatic: (recognised) => (recognised === null ? "Automatisch" : `Automatisch (${recognised})`),
    names: {
      generic: "Server-Sent Events",
      json: "JSON-Ereignisse",
      text: "Reiner Text",
      ntfy: "ntfy",
      mercure: "Mercure",
      nchan: "nchan",
      mastodon: "Mastodon",
      homeAssistant: "Home Assistant",
      wikimedia: "Wikimedia EventStreams",
      firebase: "Firebase Realtime Database",
    },
  },

  notifications: {
    title: "Benachrichtigungen",
    muteAll: "Alle Feeds",
    audible: "Benachrichtigungen erscheinen so, wie es für jeden Feed eingestellt ist.",
    spans: SPANS,
    test: "Test",
    send: "Testbenachrichtigung senden",
    sending: "Wird gesendet …",
    step: (fine, message) => (fine ? message : `Fehlgeschlagen: ${message}`),
    quiet: "Ruhezeit",
    on: "In der Ruhezeit Benachrichtigungen zurückhalten",
    hint: "An ihrem Ende fasst eine Benachrichtigung zusammen, was kam.",
    from: "Von",
    to: "Bis",
    nextDay: "Endet am nächsten Tag.",
    wholeDay: "Dauert einen ganzen Tag.",
    days: "Beginnt am",
    urgent: "Dringende Ereignisse erscheinen trotzdem",
    time: "Eine Uhrzeit eingeben, etwa 22:00.",
    noDay: "Mindestens einen Tag auswählen.",
    dayNames: { mon: "Montag", tue: "Dienstag", wed: "Mittwoch", thu: "Donnerstag", fri: "Freitag", sat: "Samstag", sun: "Sonntag" },
    dayLetters: { mon: "Mo", tue: "Di", wed: "Mi", thu: "Do", fri: "Fr", sat: "Sa", sun: "So" },
  },
};
