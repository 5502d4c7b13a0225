// What the window says about kept searches and what it suggests for one, in German.
import type { searches as english } from "./en.searches";
import type { Same } from "./same";

const MEANINGS: Record<string, string> = {
  "feed:": "von einem Feed",
  "type:": "von einem Ereignistyp",
  "group:": "von einem Rechner, Raum, Thema …",
  "priority:": "wie wichtig es ist",
  "is:": "gelesen, ungelesen oder mit Stern",
  "has:": "mit einem Link",
  "after:": "seit einer Zeit",
  "before:": "bis zu einer Zeit",
};

export const searches: Same<typeof english> = {
  searches: {
    keep: "Diese Suche speichern …",
    keepTitle: "Suche speichern",
    rename: "Umbenennen …",
    renameTitle: "Suche umbenennen",
    remove: "Entfernen",
    removed: (name) => `Suche „${name}“ entfernt.`,
    kept: (name) => `Als „${name}“ gespeichert.`,
    name: "Name",
    nameNeeded: "Einen Namen eingeben.",
    finds: "Sie findet",
    spoken: (name) => `${name}, gespeicherte Suche`,
    suggestions: "Vorschläge",
    meaning: (filter) => MEANINGS[filter] ?? "",
  },
};
