// What the window says about long work, in German.
import type { works as english } from "./en.works";
import type { Same } from "./same";

export const works: Same<typeof english> = {
  works: {
    pane: "In Arbeit",
    kinds: {
      export: "Ereignisse werden exportiert",
      import: "Ereignisse werden importiert",
      addFeeds: "Feeds werden hinzugefügt",
      index: "Ereignisse werden für die Suche erfasst",
      check: "Der Verlauf wird geprüft",
      salvage: "Ereignisse des beschädigten Verlaufs werden gerettet",
    },
    stop: "Abbrechen",
    stopOf: (what: string) => `Abbrechen: ${what}`,
    stopped: (came: string) => `Der Import wurde abgebrochen. ${came} Dieselbe Datei noch einmal zu importieren setzt ihn fort.`,
  },
};
