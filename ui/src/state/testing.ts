// Rows and feeds for the unit tests: what a test doesn't name is ordinary.
import type { Connection, EventRow, Feed } from "../ipc/bindings";

export const NOON_MS = new Date(2026, 10, 21, 12).getTime();
export const DAY_MS = 86_400_000;

export function row(id: number | string, more: Partial<EventRow> = {}): EventRow {
  return { id: String(id), feed: "f", receivedAtMs: NOON_MS, eventType: "message", title: `event ${id}`, body: "", priority: "normal", link: null, key: null, group: null, read: false, starred: false, ...more };
}

/** Rows with the ids from `newest` down to `oldest`, as pages come. */
export function page(newest: number, oldest: number, more: Partial<EventRow> = {}): EventRow[] {
  return Array.from({ length: newest - oldest + 1 }, (_, index) => row(newest - index, more));
}

export const ORDINARY: Connection = {
  method: "",
  body: false,
  authority: false,
  clientCertificate: false,
  pin: "",
  proxy: { kind: "system" },
  silenceSeconds: null,
  longestWaitSeconds: null,
  plainHttp: false,
};

export function feed(id: string, more: Partial<Feed> = {}): Feed {
  return {
    id,
    name: id,
    icon: { kind: "none" },
    url: `https://${id}.example/events`,
    enabled: true,
    notify: true,
    mute: { kind: "off" },
    bursting: false,
    preset: null,
    recognised: null,
    signIn: { kind: "none" },
    headerNames: [],
    connection: ORDINARY,
    secrets: "notNeeded",
    state: { kind: "connecting" },
    unread: 0,
    ...more,
  };
}
