// This file is generated from the shell's commands. Do not edit it by hand.
import { Channel, invoke } from "@tauri-apps/api/core";

export const commands = {
  attach: (channel: Channel<Update>): Promise<Snapshot> => invoke("attach", { channel }),
  addFeed: (draft: FeedDraft): Promise<Feed> => invoke("add_feed", { draft }),
  editFeed: (feed: string, draft: FeedDraft): Promise<Feed> => invoke("edit_feed", { feed, draft }),
  removeFeed: (feed: string): Promise<null> => invoke("remove_feed", { feed }),
  enableFeed: (feed: string, enabled: boolean): Promise<null> => invoke("enable_feed", { feed, enabled }),
  probe: (draft: FeedDraft, feed: string | null): Promise<Probe> => invoke("probe", { draft, feed }),
  page: (feed: string | null, before: string | null, limit: number): Promise<Page> => invoke("page", { feed, before, limit }),
  event: (id: string): Promise<EventDetail> => invoke("event", { id }),
  markRead: (scope: Scope, read: boolean): Promise<null> => invoke("mark_read", { scope, read }),
  pause: (paused: boolean): Promise<null> => invoke("pause", { paused }),
  reconnect: (feed: string | null): Promise<null> => invoke("reconnect", { feed }),
  retryKeyring: (): Promise<null> => invoke("retry_keyring"),
  openLink: (event: string): Promise<null> => invoke("open_link", { event }),
};

export type Priority = "min" | "low" | "normal" | "high" | "urgent";
export type Reason = { code: "signIn" | "keyring" | "other"; message: string };
export type FeedState =
  | { kind: "connecting" } | { kind: "live"; sinceMs: number }
  | { kind: "waiting"; untilMs: number; why: Reason } | { kind: "needsPerson"; why: Reason }
  | { kind: "stoppedByServer"; why: Reason } | { kind: "paused" } | { kind: "disabled" };
export type SignIn = { kind: "none" } | { kind: "basic"; username: string } | { kind: "bearer" };
export type Feed = { id: string; name: string; url: string; enabled: boolean; notify: boolean; signIn: SignIn;
  headerNames: string[]; secrets: "notNeeded" | "kept" | "thisSession" | "missing"; state: FeedState; unread: number };
export type EventRow = { id: string; feed: string; receivedAtMs: number; eventType: string; title: string; body: string;
  priority: Priority; link: string | null; read: boolean };
export type EventDetail = { row: EventRow /* whole body */; data: string; lastEventId: string };
export type Problem = { part: "settings" | "keyring" | "history" | "notifications"; message: string };
export type Snapshot = { feeds: Feed[]; recent: EventRow[] /* newest first */; paused: boolean; problems: Problem[] };
export type Scope = { kind: "event"; id: string } | { kind: "feed"; feed: string } | { kind: "all" };
export type Update =
  | { kind: "snapshot"; snapshot: Snapshot } // sent when the window fell behind: replaces everything
  | { kind: "feed"; feed: Feed } | { kind: "feedRemoved"; feed: string } | { kind: "state"; feed: string; state: FeedState }
  | { kind: "arrived"; rows: EventRow[] /* oldest first; may hold rows already known: upsert by id */ }
  | { kind: "unread"; feed: string; unread: number } | { kind: "read"; scope: Scope; read: boolean }
  | { kind: "paused"; paused: boolean } | { kind: "problems"; problems: Problem[] }
  | { kind: "open"; event: string | null }; // a popup was clicked: show that event
export type SignInDraft = { kind: "none" } | { kind: "basic"; username: string; password: string | null } | { kind: "bearer"; token: string | null };
export type HeaderDraft = { name: string; value: string | null };  // null keeps the secret that is set
export type FeedDraft = { name: string; url: string; notify: boolean; signIn: SignInDraft; headers: HeaderDraft[]; secrets: "keyring" | "thisSession" };
export type ProbeEvent = { eventType: string; title: string; body: string; priority: Priority; data: string };
export type Probe = { verdict: "open" | "waiting" | "notAStream" | "signIn" | "failed"; message: string; events: ProbeEvent[] };
export type Page = { rows: EventRow[]; more: boolean };
export type Failure = { code: "invalid" | "gone" | "keyring" | "storage"; field: "name" | "url" | "signIn" | "headers" | null; message: string };
