// What the window says about finding events, keeping and losing them, in German.
import type { Trace } from "../ipc/bindings";
import { counted, number, quoted as quote, times } from "./de.numbers";
import type { finding as english } from "./en.finding";
import { cut } from "./locale";
import { said } from "./said";
import type { Same } from "./same";

/** As much of a title or a search as says which one is meant. */
const QUOTED_MAX = 80;

const quoted = (words: string) => quote(cut(words, QUOTED_MAX));
const events = (count: number) => counted(count, "Ereignis", "Ereignisse");

function stopLine(presented: Trace["presented"], stop: Trace["stop"], rule: string | null, nowMs: number): string {
  switch (stop?.kind) {
    case "feedOff":
      return "Benachrichtigungen waren für diesen Feed ausgeschaltet.";
    case "rule":
      return rule === null ? "Eine Regel zeigt dafür keine Benachrichtigung." : `Die Regel „${rule}“ zeigt dafür keine Benachrichtigung.`;
    case "feedMuted":
      return "Der Feed war stummgeschaltet.";
    case "allMuted":
      return "Alles war stummgeschaltet.";
    case "quiet":
      return `Es kam während der Ruhezeit, die bis ${times.since(stop.untilMs, nowMs)} dauert. An deren Ende ${presented === "shown" ? "kam" : "kommt"} es in einer Zusammenfassung.`;
    case undefined:
      if (presented === "shown" && rule !== null) return `Die Regel „${rule}“ galt dafür, und nichts hielt es zurück.`;
      return NO_STOP[presented];
  }
}

/** What became of a popup that nothing kept back. */
const NO_STOP: Record<Trace["presented"], string> = {
  new: "Die Benachrichtigung steht noch aus.",
  presenting: "Die Benachrichtigung wurde dem Desktop übergeben, der noch nicht geantwortet hat.",
  shown: "Benachrichtigungen waren für diesen Feed eingeschaltet, und nichts hielt es zurück.",
  suppressed: "Für Ereignisse dieser Art gibt es keine Benachrichtigung.",
};

export const finding: Same<typeof english> = {
  search: {
    label: (feed) => (feed === null ? "In allen Feeds suchen" : `In ${feed} suchen`),
    placeholder: "Suchen",
    clear: "Suche leeren",
    everywhere: "In allen Feeds suchen",
    quick: "Nur zeigen",
    starred: "Mit Stern",
    unread: "Ungelesen",
    found: (count, more) => `${number.format(count)}${more ? "+" : ""} gefunden`,
    foundSpoken: (count, more) => (count === 0 ? "Nichts gefunden" : more ? `Mehr als ${events(count)} gefunden` : `${events(count)} gefunden`),
    none: "Nichts gefunden",
    noneHint: (text, feed) => `${feed === null ? "Kein Ereignis" : `Kein Ereignis von ${feed}`} passt zu ${quoted(text)}.`,
    help: "So wird gesucht",
    helpIntro: "Mit / geht es hierher, mit Escape zurück. Alle Bedingungen gelten zugleich; Großschreibung und Akzente spielen keine Rolle.",
    terms: [
      ["wasser keller", "Beide Wörter, im Titel oder im Text"],
      ['"wasser im keller"', "Diese Wörter hintereinander"],
      ["temp*", "Wörter, die so beginnen"],
      ["-test", "Ohne dieses Wort; geht auch vor Filtern"],
      ["feed:deploys", "Aus Feeds mit diesem Namen"],
      ["type:alert", "Von diesem Ereignistyp"],
      ["group:web-1", "Von dieser Gruppe, wie Thema oder Vorlage sie nennen"],
      ["priority:high+", "Hoch und darüber; auch min, low, normal, urgent"],
      ["is:unread", "Noch ungelesen; auch is:read, is:starred"],
      ["has:link", "Mit einem Link zum Öffnen"],
      ["after:2h", "Seit zwei Stunden; auch 3d oder 2026-11-21"],
      ["before:2026-11-21", "Vor diesem Tag"],
    ],
  },

  choosing: {
    bar: "Was mit den ausgewählten Ereignissen geschieht",
    count: (count) => `${number.format(count)} ausgewählt`,
    markRead: "Als gelesen markieren",
    markUnread: "Als ungelesen markieren",
    clear: "Auswahl aufheben",
  },

  bin: {
    event: (title) => (title === "" ? "Ereignis gelöscht." : `${quoted(title)} gelöscht.`),
    events: (count) => `${events(count)} gelöscht.`,
    feed: (name, count) => `${quoted(name)} geleert: ${events(count)} gelöscht.`,
    undo: "Rückgängig",
    undone: "Wiederhergestellt.",
  },

  exporting: {
    entry: "Exportieren …",
    title: "Ereignisse exportieren",
    what: (feed, search) => `${feed === null ? "Die Ereignisse aller Feeds" : `Die Ereignisse von ${feed}`}${search === "" ? "" : `, die ${quoted(search)} findet`}.`,
    format: "Format",
    formats: { jsonLines: "JSON Lines", csv: "CSV", markdown: "Markdown" },
    hints: {
      jsonLines: "Alles, was es gibt, ein Ereignis je Zeile, für Programme.",
      csv: "Eine Tabelle, für Tabellenkalkulationen.",
      markdown: "Zum Lesen und für Notizen.",
    },
    go: "Datei wählen …",
    busy: "Wird exportiert …",
    done: (count, path) => `${events(count)} nach ${path} exportiert`,
  },

  trace: {
    why: (shown) => (shown ? "Warum wurde ich benachrichtigt?" : "Warum wurde ich nicht benachrichtigt?"),
    lines({ presented, rule, stop, template }, nowMs) {
      const lines = [stopLine(presented, stop, rule, nowMs)];
      const named = stop?.kind === "rule" || (stop === null && presented === "shown");
      if (rule !== null && !named) lines.push(`Die Regel „${rule}“ galt dafür.`);
      if (template !== null) lines.push(`Eine Vorlage war nicht brauchbar: ${said(template)}`);
      return lines;
    },
  },
};
