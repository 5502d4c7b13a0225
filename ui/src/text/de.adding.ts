// What the window says about adding a feed from what was pasted or dropped, in German.
import { counted } from "./de.numbers";
import type { adding as english } from "./en.adding";
import type { Same } from "./same";

export const adding: Same<typeof english> = {
  curl: {
    unfinished: "Der Befehl endet innerhalb von Anführungszeichen. Vollständig einfügen.",
    needsShell: (what) => `Der Befehl holt ${what} aus einer Shell. Den Wert dort einsetzen und erneut einfügen.`,
    insecure: "Der Befehl enthält -k und schaltet damit die Prüfung des Servers ab. Tidings prüft immer. -k weglassen: Ein Schlüssel, für den niemand bürgt, lässt sich danach vergleichen und als vertrauenswürdig festlegen.",
    file: (option) => `Der Befehl liest bei ${option} eine Datei. Deren Inhalt dort einsetzen und erneut einfügen.`,
    unknown: (option) => `${option} kann nicht übernommen werden. Weglassen und den Befehl erneut einfügen.`,
    noValue: (option) => `Der Befehl endet dort, wo ${option} einen Wert haben müsste. Vollständig einfügen.`,
    noUrl: "Der Befehl nennt keine Adresse.",
    twoUrls: "Der Befehl nennt zwei Adressen. Ein Feed hat eine.",
    method: (method) => `Der Befehl sendet ${method}; damit öffnet sich kein Datenstrom. GET, POST, PUT oder PATCH verwenden.`,
    taken: (parts) => (parts.length === 0 ? "Aus dem Befehl übernommen." : `Aus dem Befehl übernommen: ${parts.join(", ")}.`),
    left: (options) => `Weggelassen: ${options.join(", ")}.`,
    parts: {
      token: "Token",
      password: "Benutzername und Passwort",
      headers: (count) => counted(count, "Kopfzeile", "Kopfzeilen"),
      method: (method) => `Methode ${method}`,
      body: "Inhalt",
      proxy: "Proxy",
    },
  },
  least: {
    label: "Ab Priorität",
    all: "alle Ereignisse",
    above: (priority) => `${priority} oder höher`,
    failed: (why) => `Der Feed wurde hinzugefügt, benachrichtigt aber über alle Ereignisse: ${why}`,
  },
  popup: (feed) => `Tidings · ${feed}`,
};
