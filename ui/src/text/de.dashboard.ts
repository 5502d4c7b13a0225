// What the dashboard says, in German.
import type { RangeName } from "../state/series";
import { counted, LOCALE, number, quoted } from "./de.numbers";
import type { dashboard as english } from "./en.dashboard";
import { figuresOf } from "./locale";
import type { Same } from "./same";

const figures = figuresOf(LOCALE, "\u00a0");
const { amount, measured } = figures;

/** After "in den letzten …" or "in der letzten …". */
const RANGE_WORDS: Record<RangeName, string> = {
  minutes: "den letzten 5 Minuten",
  hour: "der letzten Stunde",
  hours: "den letzten 6 Stunden",
  day: "den letzten 24 Stunden",
  week: "den letzten 7 Tagen",
  month: "den letzten 30 Tagen",
};
const RANGES_SPOKEN: Record<RangeName, string> = {
  minutes: "Die letzten 5 Minuten",
  hour: "Die letzte Stunde",
  hours: "Die letzten 6 Stunden",
  day: "Die letzten 24 Stunden",
  week: "Die letzten 7 Tage",
  month: "Die letzten 30 Tage",
};

export const dashboard: Same<typeof english> = {
  title: "Übersicht",
  ...figures,
  ranges: {
    label: "Gezeigte Zeit",
    names: { minutes: "5 min", hour: "1 h", hours: "6 h", day: "24 h", week: "7 T.", month: "30 T." },
    spoken: (range) => RANGES_SPOKEN[range],
  },
  changeSpoken: (change, range) => `${change} in ${RANGE_WORDS[range]}`,
  summary(stats, unit, range, places) {
    const [first, last, min, max] = [stats.first, stats.last, stats.min, stats.max].map((value) => measured(value, unit, places));
    return `In ${RANGE_WORDS[range]} von ${first} auf ${last}; niedrigster Wert ${min}, höchster ${max}.`;
  },
  sample: (looked, of) => `Aus einer gleichmäßigen Stichprobe von ${number.format(looked)} aus ${counted(of, "Ereignis", "Ereignissen")} gezeichnet; kurze Spitzen können fehlen.`,
  asOf: (when) => `Letzter Wert: ${when}`,
  noEvents: "Keine Ereignisse in dieser Zeit",

  add: "Kachel hinzufügen",
  suggested: "Vorgeschlagen nach dem, was die Feeds senden. Die Kacheln lassen sich behalten oder beliebig ändern.",
  keep: "Diese behalten",
  kept: "Kacheln behalten.",
  suggest: "Kacheln vorschlagen",
  nothingSuggested: "Noch kein Feed hat Zahlen gesendet.",
  loading: "Zahlen in den Feeds werden gesucht …",
  none: "Noch keine Zahlen",
  noneHint: "Hier erscheinen Kacheln, sobald ein Feed JSON mit Zahlen sendet, etwa einen Preis oder eine Temperatur. Sie lassen sich auch selbst anlegen.",
  emptied: "Keine Kacheln",
  emptiedHint: "Eine Zahl, Aufgaben oder die Ereignisrate eines Feeds hinzufügen.",
  noValue: "Kein Wert in dieser Zeit",
  noTasks: "Keine Aufgabe in dieser Zeit",
  loadingTile: "Wird geladen …",
  actions: (label) => `Aktionen für ${label}`,
  openChart: "Diagramm öffnen",
  edit: "Bearbeiten …",
  remove: "Entfernen",
  removed: (label) => `Kachel ${quoted(label)} entfernt.`,
  move: (label) => `${label} verschieben`,
  moveHint: "Ziehen oder die Pfeiltasten verwenden",
  moved: (label, place, of) => `${label} ist Kachel ${number.format(place)} von ${number.format(of)}.`,
  board: "Feeds",
  tiles: "Kacheln",
  done: "Fertig",

  chart: {
    table: "Als Tabelle zeigen",
    hideTable: "Tabelle ausblenden",
    time: "Zeit",
    last: "Letzter Wert",
    min: "Niedrigster",
    max: "Höchster",
    drawing: (label) => `Liniendiagramm von ${label}`,
  },

  form: {
    add: "Kachel hinzufügen",
    edit: "Kachel bearbeiten",
    feed: "Feed",
    shows: "Zeigt",
    kinds: { number: "Eine Zahl", tasks: "Laufende Aufgaben", rate: "Wie viele Ereignisse kommen" },
    path: "Zahl",
    seen: (path, value) => `${path === "" ? "Die Daten selbst" : path} (${amount(value)})`,
    other: "Anderer Pfad …",
    otherPath: "JSON-Pfad",
    otherHint: "Wie in order.items[0].price; bleibt er leer, sind die Daten selbst die Zahl.",
    tasksHint: "Jede Aufgabe ist ein Ereignis mit einem Schlüssel und einem Anteil von 0 bis 100 Prozent.",
    noNumbers: "In den neuesten Ereignissen dieses Feeds wurde keine Zahl gefunden. Falls bekannt, einen Pfad eingeben.",
    only: "Nur wo",
    all: "Alle Ereignisse",
    equals: "ist",
    label: "Name",
    labelNeeded: "Der Kachel einen Namen geben.",
    unit: "Einheit",
    unitHint: "Steht hinter der Zahl, etwa °C.",
    save: "Speichern",
    looking: "Die neuesten Ereignisse werden angesehen …",
  },
};
