// What the window says about settings of the whole program, in German.
import { counted, number } from "./de.numbers";
import type { settings as english } from "./en.settings";
import type { Same } from "./same";

export const settings: Same<typeof english> = {
  settings: {
    title: "Einstellungen",
    history: "Verlauf",
    saved: "Gespeichert.",
    unsaved: (why) => `Nicht gespeichert: ${why}`,
  },

  look: {
    title: "Aussehen",
    theme: "Farben",
    themes: { system: "Wie der Desktop", light: "Hell", dark: "Dunkel", highContrast: "Hoher Kontrast" },
    density: "Abstände",
    densities: { comfortable: "Bequem", compact: "Kompakt" },
    size: "Textgröße",
    percent: (percent) => `${percent} %`,
    language: "Sprache",
    languages: { system: "Wie der Desktop", en: "English", de: "Deutsch" },
  },

  starting: {
    title: "Starten und Schließen",
    login: "Beim Anmelden starten",
    never: "Mit eigenem Profil wird nicht beim Anmelden gestartet.",
    hidden: "Beim Anmelden ohne Fenster im Infobereich starten",
    closing: "Wenn das Fenster geschlossen wird",
    closings: { tray: "Im Infobereich weiterlaufen", quit: "Beenden" },
    closingHint: "Wo der Desktop keinen Infobereich hat, beendet das Schließen das Programm.",
  },

  moving: {
    title: "Import und Export",
    feeds: "Feeds importieren …",
    feedsHint: "Aus einer Liste von Adressen, einer Sicherung der Android-App von ntfy, der client.yml von ntfy oder hier exportierten Einstellungen.",
    events: "Ereignisse importieren …",
    eventsHint: "Aus hier exportierten JSON Lines. Feeds werden am Namen erkannt; es gibt keine Benachrichtigungen.",
    imported({ stored, held, homeless }) {
      const more = homeless.length > 3 ? ` und ${counted(homeless.length - 3, "weiteren Feed", "weiteren Feeds")}` : "";
      const told = [
        `${counted(stored, "Ereignis", "Ereignisse")} importiert`,
        held > 0 ? `${number.format(held)} waren schon da` : null,
        homeless.length > 0 ? `ausgelassen: die von ${homeless.slice(0, 3).join(", ")}${more}, die es hier nicht gibt` : null,
      ];
      return `${told.filter((part) => part !== null).join("; ")}.`;
    },
    busy: "Wird bearbeitet …",
    settings: "Feeds und Einstellungen exportieren …",
    settingsHint: "Als TOML, ohne Passwörter, Token und Inhalte von Anfragen. „Feeds importieren“ nimmt die Feeds wieder auf.",
    exported: (path) => `Feeds und Einstellungen wurden nach ${path} geschrieben`,
    paste: "Liste einfügen",
    pastePlaceholder: "https://example.com/events\nhttps://example.com/events/more  Ein Name",
    file: "Datei wählen …",
    tooLarge: "Diese Datei ist für eine Liste von Feeds zu groß.",
    unreadable: "Diese Datei konnte nicht gelesen werden. Erneut wählen oder ihren Text einfügen.",
    show: "Inhalt zeigen",
    kinds: { addresses: "Eine Liste von Adressen", ntfyPhone: "Eine Sicherung der Android-App von ntfy", ntfyClient: "Die client.yml von ntfy", own: "Einstellungen von Tidings" },
    found: (count) => counted(count, "Feed", "Feeds"),
    choose: "Hinzuzufügende Feeds",
    known: "Ist schon da",
    signsIn: "Meldet sich an; das Geheimnis kommt in den Schlüsselbund",
    signsInLater: "Meldet sich an; das Geheimnis nach dem Hinzufügen eingeben",
    leftOut: (what) => `Nicht übernommen: ${what}`,
    odd: (count) => counted(count, "Zeile ist kein Feed:", "Zeilen sind keine Feeds:"),
    all: "Alle auswählen",
    none: "Auswahl aufheben",
    add: (count) => (count === 0 ? "Feeds hinzufügen" : `${counted(count, "Feed", "Feeds")} hinzufügen`),
    added: (count) => `${counted(count, "Feed wurde", "Feeds wurden")} hinzugefügt.`,
    refused: "Diese wurden nicht hinzugefügt:",
    other: "Andere Liste",
  },

  about: {
    title: "Info",
    version: (version, licence) => `Tidings ${version}, freie Software unter der Lizenz ${licence}.`,
    shortcuts: "Tastenkürzel",
    licences: "Lizenzen der Bestandteile",
    licencesIntro: "Tidings enthält die Arbeit anderer. Jeder Bestandteil ist mit denen genannt, die das Urheberrecht halten, und jede Lizenz steht hier im Wortlaut.",
    parts: (count) => counted(count, "Bestandteil", "Bestandteile"),
    licenceText: "Wortlaut der Lizenz",
    unread: "Die Lizenzen konnten nicht gelesen werden.",
    groups: [
      {
        name: "Bei den Ereignissen",
        keys: [
          ["j ↓", "Nächstes Ereignis"],
          ["k ↑", "Voriges Ereignis"],
          ["Bild ↓ ↑", "Eine Seite weiter oder zurück"],
          ["Pos1 Ende", "Neuestes oder ältestes geladenes"],
          ["Enter", "Lesen"],
          ["u", "Gelesen oder ungelesen"],
          ["s", "Stern setzen oder entfernen"],
          ["Entf", "Löschen"],
        ],
      },
      {
        name: "Bei den Feeds",
        keys: [
          ["j ↓", "Nächster Feed"],
          ["k ↑", "Voriger Feed"],
          ["→", "Aktionen für den Feed"],
        ],
      },
    ],
  },

  keep: {
    intro: "Ältere Ereignisse jenseits dieser Grenzen werden entfernt; die mit Stern bleiben.",
    holds: (events, bytes) => `Der Verlauf enthält ${counted(events, "Ereignis", "Ereignisse")}, ${number.format(Math.ceil(bytes / 1_000_000))} MB Text.`,
    labels: { days: "Tage", events: "Ereignisse", megabytes: "Megabyte" },
    none: "Keine Grenze",
    hint: "Leer heißt ohne Grenze. Ein Feed kann eigene Grenzen haben, in seinem Menü.",
    ownHint: "Leer heißt ohne eigene Grenze; die für alle Feeds gelten auch.",
    bodies: "Texte und Daten künftiger Ereignisse speichern",
    wrong: "Eine ganze Zahl über 0 eingeben oder leer lassen.",
    less: "Das ist weniger als zuvor. Ereignisse jenseits der Grenzen werden endgültig entfernt.",
    agree: "Entfernen und weniger behalten",
    leave: "Lassen, wie es war",
  },
};
