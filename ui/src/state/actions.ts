// What can be done from anywhere in the window: the one list behind its shortcuts, their sheet and the palette.
import { failureOf } from "../ipc/failure";
import { text } from "../text";
import type { Session } from "./session.svelte";

/** The actions in the order of the sheet and the palette, with their keys. */
export const ACTIONS = [
  { name: "search", keys: ["/", "Ctrl F"] },
  { name: "add", keys: ["a"] },
  { name: "palette", keys: ["Ctrl K"] },
  { name: "markRead", keys: [] },
  { name: "dashboard", keys: [] },
  { name: "rules", keys: [] },
  { name: "health", keys: [] },
  { name: "settings", keys: [","] },
  { name: "reconnect", keys: [] },
  { name: "muteHour", keys: [] },
  { name: "muteTomorrow", keys: [] },
  { name: "muteEver", keys: [] },
  { name: "unmute", keys: [] },
  { name: "muteFeed", keys: [] },
  { name: "unmuteFeed", keys: [] },
  { name: "edit", keys: [] },
  { name: "pause", keys: [] },
  { name: "resume", keys: [] },
  { name: "export", keys: [] },
  { name: "exportSettings", keys: [] },
  { name: "test", keys: [] },
  { name: "undo", keys: ["Ctrl Z"] },
  { name: "help", keys: ["?"] },
  { name: "around", keys: ["F6"] },
  { name: "back", keys: ["Escape"] },
  { name: "quit", keys: ["Ctrl Q"] },
] as const satisfies readonly { name: string; keys: readonly string[] }[];

export type ActionName = (typeof ACTIONS)[number]["name"];

/** How an action is done, and whether it makes sense at present. */
export type Way = { can: () => boolean; run: (event?: KeyboardEvent) => void };

/** Ways that need no more than the session. */
type Own = "markRead" | "reconnect" | "muteHour" | "muteTomorrow" | "muteEver" | "unmute" | "muteFeed" | "unmuteFeed" | "pause" | "resume" | "exportSettings" | "test" | "undo";

export type Ways = Record<ActionName, Way>;

/** Gives the action that a key stands for; while something is typed, what writes or undoes writing is none. */
export function actionOf(event: KeyboardEvent, typing: boolean): ActionName | undefined {
  const held = event.ctrlKey || event.metaKey;
  if (event.altKey || (held && event.shiftKey)) return undefined;
  const key = held ? `Ctrl ${event.key.toUpperCase()}` : event.key;
  if (typing && (key.length === 1 || key === "Ctrl Z")) return undefined;
  return ACTIONS.find(({ keys }) => (keys as readonly string[]).includes(key))?.name;
}

/** Gives the ways of what only the engine is asked. */
export function waysOf(session: Session): Pick<Ways, Own> {
  const { backend } = session;
  const any = () => session.feeds.length > 0;
  const muted = () => text.mute.state(session.world.mute, Date.now()) !== null;
  const feedMuted = () => session.feed !== null && text.mute.state(session.feed.mute, Date.now()) !== null;
  const ask = (can: () => boolean, asked: () => Promise<unknown>, done?: () => string): Way => ({ can, run: () => void session.ask(asked(), done?.()) });
  return {
    markRead: ask(() => (session.feed?.unread ?? session.unread) > 0, () => backend.markRead(session.feed === null ? { kind: "all" } : { kind: "feed", feed: session.feed.id }, true)),
    reconnect: ask(() => any() && !session.world.paused, () => backend.reconnect(null), () => text.health.reconnecting),
    muteHour: ask(() => any() && !muted(), () => backend.mute(null, "hour")),
    muteTomorrow: ask(() => any() && !muted(), () => backend.mute(null, "tomorrow")),
    muteEver: ask(() => any() && !muted(), () => backend.mute(null, "ever")),
    unmute: ask(muted, () => backend.mute(null, "nothing")),
    muteFeed: ask(() => session.feed?.notify === true && !feedMuted(), () => backend.mute(session.feed!.id, "hour")),
    unmuteFeed: ask(feedMuted, () => backend.mute(session.feed!.id, "nothing")),
    pause: ask(() => any() && !session.world.paused, () => backend.pause(true)),
    resume: ask(() => session.world.paused, () => backend.pause(false)),
    exportSettings: { can: any, run: () => void exported(session) },
    test: { can: () => true, run: () => void tested(session) },
    undo: { can: () => session.bin.last !== null, run: () => void session.undo() },
  };
}

async function exported(session: Session): Promise<void> {
  try {
    const path = await session.backend.exportSettings();
    if (path !== null) session.notices.say(text.moving.exported(path));
  } catch (thrown) {
    session.report(failureOf(thrown));
  }
}

/** Sends a test notification and says how it went: what failed, where something did. */
async function tested(session: Session): Promise<void> {
  try {
    const wrong = (await session.backend.testPopup()).find(({ fine }) => !fine);
    if (wrong === undefined) session.notices.say(text.palette.sent);
    else session.notices.say(wrong.message, "failed");
  } catch (thrown) {
    session.report(failureOf(thrown));
  }
}
