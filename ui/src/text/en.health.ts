// What the window says about how feeds and the program are doing, in English.
import type { Counts, Problem } from "../ipc/bindings";
import { counted, number, times } from "./en.numbers";
import { length as lengthOf } from "./time";

const length = (ms: number) => lengthOf(ms, "under a minute");

const DOING = { live: "Live", waiting: "Waiting", connecting: "Connecting", offline: "Offline", stopped: "Stopped", left: "Not followed", unknown: "Not recorded" };

export const health = {
  health: {
    title: "Health",
    computer: "This computer",
    feeds: "Feeds",
    fine: "No trouble known",
    parts: { notifications: "Notifications", keyring: "Keyring", settings: "Settings", history: "History" } satisfies Record<Problem["part"], string>,
    reconnectAll: "Reconnect all",
    reconnecting: "All feeds are dialled.",
    reconnect: (name: string) => `Reconnect now: ${name}`,
    span: "Timelines show",
    spans: { 1: "the last hour", 6: "the last 6 hours", 24: "the last 24 hours" },
    doing: DOING,
    /** A timeline in words. */
    totals: (all: readonly { doing: keyof typeof DOING; ms: number }[]) => all.map(({ doing, ms }) => `${DOING[doing]} ${length(ms)}`).join(" · "),
    timeline: (name: string, totals: string) => `${name}: ${totals}`,
    stretch: (doing: keyof typeof DOING, fromMs: number, toMs: number) => `${DOING[doing]} ${times.clock(fromMs)}–${times.clock(toMs)}, ${length(toMs - fromMs)}`,
    gap: (fromMs: number, toMs: number, nowMs: number) => `between ${times.since(fromMs, nowMs)} and ${times.since(toMs, nowMs)}`,
    gaps: (count: number) => counted(count, "suspected gap", "suspected gaps"),
    counts({ events, dials, reconnects, oversized, gaps }: Counts): string {
      const told = [
        counted(events, "event", "events"),
        counted(dials, "connection tried", "connections tried"),
        reconnects > 0 ? counted(reconnects, "reconnection", "reconnections") : null,
        oversized > 0 ? counted(oversized, "event skipped for its size", "events skipped for their size") : null,
        gaps > 0 ? counted(gaps, "suspected gap", "suspected gaps") : null,
      ];
      return told.filter((part) => part !== null).join(" · ");
    },
    since: (atMs: number, nowMs: number) => `Counted since ${times.since(atMs, nowMs)}`,
    lastEvent: (atMs: number | null, nowMs: number) => (atMs === null ? "No event yet" : `Last event ${times.since(atMs, nowMs)}`),
    happenings: (name: string) => `What happened to ${name}`,
    details: (name: string) => `Details of ${name}`,
    none: "Nothing has happened to this feed’s connection yet.",
    all: (count: number) => `Show all ${number.format(count)}`,
    diagnostics: "Diagnostics…",
    report: "Diagnostics",
    reportHint: "For a bug report: feeds have numbers and hosts here, no names, and there are no secrets and no events in it. Read it before you pass it on.",
    reportBusy: "Looking…",
    copy: "Copy diagnostics",
  },
};
