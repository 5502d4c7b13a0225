// What the window says about rules, in German.
import type { Comparison, Day, JsonTest, Priority, RuleHours, RuleThen, RuleWhen } from "../ipc/bindings";
import { counted, LOCALE, number, quoted as quote } from "./de.numbers";
import type { rules as english } from "./en.rules";
import { cut } from "./locale";
import type { Same } from "./same";
import { weekdays } from "./time";

const any = new Intl.ListFormat(LOCALE, { type: "disjunction" });
const all = new Intl.ListFormat(LOCALE, { type: "conjunction" });

const DAYS: Record<Day, string> = { mon: "Montag", tue: "Dienstag", wed: "Mittwoch", thu: "Donnerstag", fri: "Freitag", sat: "Samstag", sun: "Sonntag" };
const PRIORITIES: Record<Priority, string> = { min: "niedrigster", low: "niedriger", normal: "normaler", high: "hoher", urgent: "dringender" };
const COUNTED: Record<Priority, string> = { min: "unwichtigste", low: "unwichtig", normal: "normal", high: "wichtig", urgent: "dringend" };
const COMPARED: Record<Comparison, string> = { equal: "gleich", notEqual: "nicht gleich", less: "kleiner als", greater: "größer als", contains: "enthält", matches: "passt auf" };
const BARE: readonly Comparison[] = ["less", "greater"];

/** More of what a person typed would bury the rest of the sentence. */
const QUOTED_MAX = 60;

const quoted = (words: string) => quote(cut(words, QUOTED_MAX));
const events = (count: number) => `den letzten ${counted(count, "Ereignis", "Ereignissen")}`;

function priority({ atLeast, atMost }: RuleWhen): string | null {
  if (atLeast === null) return atMost === null ? null : `von ${PRIORITIES[atMost]} Priorität${atMost === "min" ? "" : " oder darunter"}`;
  if (atMost === null) return `von ${PRIORITIES[atLeast]} Priorität${atLeast === "urgent" ? "" : " oder darüber"}`;
  return atLeast === atMost ? `von ${PRIORITIES[atLeast]} Priorität` : `von ${PRIORITIES[atLeast]} bis ${PRIORITIES[atMost]} Priorität`;
}

function hours({ from, to, days }: RuleHours): string {
  const on = days.length === 0 ? "" : `am ${weekdays(days, DAYS, all, "bis")}`;
  if (from === to) return on === "" ? `ab ${from} einen Tag lang` : on;
  return `zwischen ${from} und ${to}${on === "" ? "" : ` ${on}`}`;
}

function test({ path, is, value }: JsonTest): string {
  return `${path} ${COMPARED[is]} ${BARE.includes(is) ? value : quoted(value)}`;
}

/** What an event must be, piece by piece. */
function conditions(when: RuleWhen, feedName: (id: string) => string): string[] {
  const parts = [
    when.feeds.length === 0 ? null : `von ${any.format(when.feeds.map(feedName))}`,
    when.types.length === 0 ? null : `vom Typ ${any.format(when.types.map(quoted))}`,
    when.text === "" ? null : `mit ${quoted(when.text)} im Text`,
    when.json.length === 0 ? null : `mit ${all.format(when.json.map(test))}`,
    priority(when),
    when.hours === null ? null : hours(when.hours),
  ];
  return parts.filter((part) => part !== null);
}

function actions(then: RuleThen): string[] {
  const stays = ", die bis zum Schließen stehen bleibt";
  const popup = then.popup === true ? `Benachrichtigung${then.stays ? stays : ""}` : then.popup === false ? "nur speichern" : then.stays ? "Benachrichtigung bleibt bis zum Schließen stehen" : null;
  const parts = [
    popup,
    then.priority === null ? null : `gilt als ${COUNTED[then.priority]}`,
    then.sound === null ? null : then.sound === "none" ? "kein Klang" : `Klang ${quoted(then.sound)}`,
    then.read ? "als gelesen markieren" : null,
    then.star ? "Stern setzen" : null,
  ];
  return parts.filter((part) => part !== null);
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

export const rules: Same<typeof english> = {
  rules: {
    place: "Regeln",
    begin: "In einer Regel verwenden …",
    intro: "Für jedes Ereignis entscheidet die erste passende Regel. Regeln verwerfen nie ein Ereignis: Alle bleiben im Verlauf.",
    emptyTitle: "Noch keine Regeln",
    empty: "Eine Regel sagt, welche Ereignisse eine Benachrichtigung zeigen, welche nur gespeichert werden und wie wichtig sie sind: nach Feed, Typ, Wörtern, Werten, Priorität oder Uhrzeit.",
    examples: "Mit einem Beispiel beginnen",
    useExample: (name) => `${name} …`,
    loading: "Regeln werden geladen …",
    add: "Regel hinzufügen",
    addFirst: "Eigene schreiben …",
    list: "Regeln in der Reihenfolge, in der sie geprüft werden",
    order: (at) => `${number.format(at)}.`,
    on: (name) => `${name} ist eingeschaltet`,
    edit: "Bearbeiten …",
    duplicate: "Duplizieren",
    up: "Nach oben",
    down: "Nach unten",
    upOf: (name) => `${name} nach oben`,
    downOf: (name) => `${name} nach unten`,
    drag: "An eine andere Stelle ziehen",
    delete: "Löschen",
    actions: (name) => `Aktionen für ${name}`,
    moved: (name, at, of) => `${name} ist Regel ${number.format(at)} von ${number.format(of)}.`,
    deleted: (name) => `Regel ${quoted(name)} gelöscht.`,
    undo: "Rückgängig",
    undone: (name) => `${name} ist wieder da.`,
    copyOf: (name) => `${name} (Kopie)`,
    saved: (name) => `Regel ${quoted(name)} gespeichert.`,
    broken: (at, name, message) => `Regel ${number.format(at)}, ${quoted(name)}: ${message}`,
    removedFeed: "einem entfernten Feed",
    unnamed: (when, feedName) => {
      const parts = conditions(when, feedName);
      return parts.length === 0 ? "Alle Ereignisse" : capital(parts.slice(0, 2).join(", "));
    },
    sentence(rule, feedName) {
      const parts = conditions(rule.when, feedName);
      const does = actions(rule.then);
      const subject = parts.length === 0 ? "Alle Ereignisse" : `Ereignisse ${parts.join(", ")}`;
      return `${subject}: ${does.length === 0 ? "wie für ihren Feed eingestellt, was auch die Regeln darunter sagen" : does.join("; ")}.`;
    },
    decided: (held, of) => (of === 0 ? "" : `Entschied ${number.format(held)} von ${events(of)}`),
    off: "Aus",
    popups: (popups, of) => (of === 0 ? "" : `Mit diesen Regeln hätten ${number.format(popups)} von ${events(of)} eine Benachrichtigung gezeigt.`),

    exampleNames: { stay: "Dringende Benachrichtigungen bleiben stehen", hush: "Niedrige Priorität wird nur gespeichert" },

    form: {
      addTitle: "Regel hinzufügen",
      editTitle: (name) => `${quoted(name)} bearbeiten`,
      name: "Name",
      when: "Wenn ein Ereignis",
      whenHint: "Alles Ausgefüllte muss zutreffen. Ist nichts ausgefüllt, passt jedes Ereignis.",
      feeds: "von diesen Feeds kommt",
      allFeeds: "Jeder Feed",
      someFeeds: "Einer von diesen",
      noFeed: "Mindestens einen Feed auswählen, oder jeden.",
      types: "diesen Typ hat",
      typesPlaceholder: "Jeder Typ",
      addType: "Typ hinzufügen",
      removeType: (type) => `Typ ${type} entfernen`,
      seenTypes: "Typen der letzten Zeit",
      text: "einen passenden Titel oder Text hat",
      textPlaceholder: "Beliebiger Text",
      textHint: "Wörter oder ein regulärer Ausdruck wie fehler|error. Groß- und Kleinschreibung sind gleich.",
      json: "bestimmte Werte in seinen JSON-Daten hat",
      path: "Pfad",
      value: "Wert",
      pathOf: (index) => `Pfad von Wert ${index}`,
      comparisonOf: (index) => `Vergleich von Wert ${index}`,
      valueOf: (index) => `Vergleichswert ${index}`,
      addTest: "Einen Wert vergleichen",
      removeTest: (index) => `Wert ${index} entfernen`,
      seenPaths: "Werte der letzten Zeit",
      comparisons: { equal: "ist gleich", notEqual: "ist nicht", less: "ist kleiner als", greater: "ist größer als", contains: "enthält", matches: "passt auf" },
      priority: "diese Priorität hat",
      atLeast: "mindestens",
      atMost: "höchstens",
      anyPriority: "Beliebig",
      hours: "zu bestimmten Zeiten ankommt",
      hoursOn: "Nur zu diesen Zeiten",
      then: "Dann",
      popup: "Benachrichtigung",
      popups: { asSet: "Wie für den Feed eingestellt", show: "Zeigen", store: "Keine, nur speichern" },
      stays: "Sie bleibt stehen, bis sie geschlossen wird",
      sets: "Priorität",
      unchanged: "Unverändert",
      sound: "Klang",
      soundPlaceholder: "Wie der Desktop es hält",
      soundHint: "Ein Name wie message-new-instant, oder none.",
      seenSounds: "Übliche Klänge",
      sounds: { none: "Stille", "message-new-instant": "eine Nachricht", bell: "eine Glocke", complete: "etwas ist fertig", "dialog-warning": "eine Warnung", "dialog-error": "ein Fehler", "alarm-clock-elapsed": "ein Wecker" },
      read: "Als gelesen markieren",
      star: "Stern setzen",
      add: "Regel hinzufügen",
      save: "Speichern",
      trial: "An gespeicherten Ereignissen",
      trying: "Wird geprüft …",
      nothingStored: "Noch ist nichts gespeichert, woran sie geprüft werden könnte.",
      incomplete: (message) => `Vor der Prüfung zu beheben: ${message}`,
      decides: (held, of, feed) => `Diese Regel hätte ${number.format(held)} von ${events(of)}${feed === null ? "" : ` von ${feed}`} entschieden.`,
      popped: (popups, before) => `${number.format(popups)} hätten eine Benachrichtigung gezeigt, ${popups === before ? "ebenso viele wie" : number.format(before)} ohne diese Änderung.`,
      none: "Sie passt auf keines davon, oder Regeln darüber kommen zuerst.",
    },
  },
};
