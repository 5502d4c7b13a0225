// What the scripted backend says in other languages, as the engine's own tables would.
import type { Language } from "./bindings";

const GERMAN: [string, string][] = [
  ["The server refused the connection.", "Der Server hat die Verbindung abgelehnt."],
  ["The stream is open and sent {} events within {} s.", "Der Datenstrom ist offen und hat {} Ereignisse in {} s gesendet."],
  ["The keyring is locked. Feeds with a sign-in wait for it.", "Der Schlüsselbund ist gesperrt. Feeds mit Anmeldung warten auf ihn."],
  ["The keyring is locked.", "Der Schlüsselbund ist gesperrt."],
  ["settings.toml can’t be read: line {}, column {}: {}. The feeds of the last good version are used.", "settings.toml ist nicht lesbar: Zeile {}, Spalte {}: {}. Die Feeds der letzten guten Fassung gelten."],
  ["expected a quoted text", "ein Text in Anführungszeichen fehlt"],
  ["The notification service answers: {}.", "Der Benachrichtigungsdienst antwortet: {}."],
  ["It took the test notification.", "Er hat die Testbenachrichtigung angenommen."],
  ["No feeds were found in it. A list has one address a line.", "Darin wurden keine Feeds gefunden. Eine Liste hat eine Adresse je Zeile."],
  ["To look for that text, put it in quotation marks.", "Um nach diesem Text zu suchen, ihn in Anführungszeichen setzen."],
  ["Write it behind the colon.", "Ihn hinter den Doppelpunkt schreiben."],
  ["Over http:// everybody on the way can read its secrets. Use https://.", "Über http:// können alle auf dem Weg die Geheimnisse lesen. https:// verwenden."],
  [
    "The server's proxy seems to hold events back. Turn its response buffering off for this path: proxy_buffering off in nginx, or the header X-Accel-Buffering: no from the server.",
    "Der Proxy des Servers hält anscheinend Ereignisse zurück. Seine Pufferung von Antworten für diesen Pfad abschalten: proxy_buffering off in nginx, oder die Kopfzeile X-Accel-Buffering: no vom Server.",
  ],
  ["dialled", "Verbindungsaufbau"],
];

/** Gives pairs of English and the language; a made-up one has brackets around everything. */
export function sentencesIn(language: Language): [string, string][] {
  if (language === "system" || language === "en") return [];
  return language === "de" ? GERMAN : [["{}", "⟦{}⟧"]];
}
