// What the window says about feeds that send more than popups can show, in German.
import { quoted } from "./de.numbers";
import type { bursts as english } from "./en.bursts";
import type { Same } from "./same";

export const bursts: Same<typeof english> = {
  bursts: {
    about: (feed) => `${quoted(feed)} sendet mehr, als Benachrichtigungen zeigen können.`,
    historyOnly: "Nur im Verlauf behalten",
    leave: "So lassen",
    kept: (feed) => `${quoted(feed)} steht nur noch im Verlauf. Die Einstellungen des Feeds holen die Benachrichtigungen zurück.`,
    left: (feed) => `Die Benachrichtigungen von ${quoted(feed)} bleiben, wie sie sind.`,
  },
};
