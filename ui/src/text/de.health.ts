// What the window says about how feeds and the program are doing, in German.
import { counted, number, times } from "./de.numbers";
import type { health as english } from "./en.health";
import type { Same } from "./same";
import { length as lengthOf } from "./time";

const length = (ms: number) => lengthOf(ms, "unter einer Minute");

const DOING: Same<(typeof english)["health"]["doing"]> = { live: "Live", waiting: "Wartet", connecting: "Verbindet", offline: "Offline", stopped: "Angehalten", left: "Nicht verfolgt", unknown: "Nicht aufgezeichnet" };

export const health: Same<typeof english> = {
  health: {
    title: "Zustand",
    computer: "Dieser Rechner",
    feeds: "Feeds",
    fine: "Keine Störung bekannt",
    parts: { notifications: "Benachrichtigungen", keyring: "Schlüsselbund", settings: "Einstellungen", history: "Verlauf" },
    reconnectAll: "Alle neu verbinden",
    reconnecting: "Alle Feeds werden neu verbunden.",
    reconnect: (name) => `Jetzt neu verbinden: ${name}`,
    span: "Zeitleisten zeigen",
    spans: { 1: "die letzte Stunde", 6: "die letzten 6 Stunden", 24: "die letzten 24 Stunden" },
    doing: DOING,
    totals: (all) => all.map(({ doing, ms }) => `${DOING[doing]} ${length(ms)}`).join(" · "),
    timeline: (name, totals) => `${name}: ${totals}`,
    stretch: (doing, fromMs, toMs) => `${DOING[doing]} ${times.clock(fromMs)}–${times.clock(toMs)}, ${length(toMs - fromMs)}`,
    gap: (fromMs, toMs, nowMs) => `zwischen ${times.since(fromMs, nowMs)} und ${times.since(toMs, nowMs)}`,
    gaps: (count) => counted(count, "vermutete Lücke", "vermutete Lücken"),
    counts({ events, dials, reconnects, oversized, gaps }) {
      const told = [
        counted(events, "Ereignis", "Ereignisse"),
        counted(dials, "Verbindungsversuch", "Verbindungsversuche"),
        reconnects > 0 ? counted(reconnects, "Wiederverbindung", "Wiederverbindungen") : null,
        oversized > 0 ? counted(oversized, "zu großes Ereignis übersprungen", "zu große Ereignisse übersprungen") : null,
        gaps > 0 ? counted(gaps, "vermutete Lücke", "vermutete Lücken") : null,
      ];
      return told.filter((part) => part !== null).join(" · ");
    },
    since: (atMs, nowMs) => `Gezählt seit ${times.since(atMs, nowMs)}`,
    lastEvent: (atMs, nowMs) => (atMs === null ? "Noch kein Ereignis" : `Letztes Ereignis: ${times.since(atMs, nowMs)}`),
    happenings: (name) => `Was mit ${name} geschah`,
    details: (name) => `Details zu ${name}`,
    none: "Mit der Verbindung dieses Feeds ist noch nichts geschehen.",
    all: (count) => `Alle ${number.format(count)} zeigen`,
    diagnostics: "Diagnose …",
    report: "Diagnose",
    reportHint: "Für einen Fehlerbericht: Feeds haben hier Nummern und Rechnernamen, keine Namen; Geheimnisse und Ereignisse stehen nicht darin. Vor dem Weitergeben lesen.",
    reportBusy: "Wird zusammengestellt …",
    copy: "Diagnose kopieren",
  },
};
