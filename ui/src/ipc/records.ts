// What the scripted feeds' connections went through.
import type { Feed, Happening, Health, Phase } from "./bindings";

const MINUTE_MS = 60_000;

/** Minutes ago, what was said, and what the connection did from then on. */
type Line = [ago: number, words: string, phase: Phase | null];

const STEADY: Line[] = [
  [26 * 60, "dialled", "connecting"],
  [26 * 60, "opened 84 ms after the dial", "live"],
];
const TROUBLED: Line[] = [
  [9 * 60, "dialled", "connecting"],
  [9 * 60, "opened 212 ms after the dial", "live"],
  [260, "left: paused, switched off, changed, or Tidings ended", "left"],
  [232, "dialled, to resume after #8f31", "connecting"],
  [232, "opened 190 ms after the dial", "live"],
  [231.9, "17 events may be missing", null],
  [96, "offline: there is no network", "offline"],
  [81, "dialled again: the machine woke, or the network is back", "waiting"],
  [80.9, "dialled, to resume after #91a4", "connecting"],
  [80.8, "opened 231 ms after the dial", "live"],
  [41, "ended after 2388.0 s: The server ended the stream.", "waiting"],
  [39, "dialled, to resume after #93cc", "connecting"],
  [38.9, "refused: The server refused the connection.", "waiting"],
];

const HELD_BACK =
  "The server's proxy seems to hold events back. Turn its response buffering off for this path: proxy_buffering off in nginx, or the header X-Accel-Buffering: no from the server.";

/** Gives the record of a feed. */
export function recordOf(feed: Feed, nowMs: number): Health {
  const troubled = feed.state.kind !== "live";
  const happenings = (troubled ? TROUBLED : STEADY).map(([ago, words, phase]) => happening(nowMs - ago * MINUTE_MS, words, phase));
  return {
    sinceMs: nowMs - 12 * 24 * 60 * MINUTE_MS,
    counts: { events: 4_218, bytes: 1_204_551, dials: troubled ? 61 : 4, reconnects: troubled ? 40 : 3, oversized: 0, gaps: troubled ? 1 : 0 },
    lastEventAtMs: nowMs - 4 * MINUTE_MS,
    remark: feed.id === "f2" ? HELD_BACK : null,
    happenings: happenings.toReversed(),
  };
}

function happening(atMs: number, words: string, phase: Phase | null): Happening {
  const gap = words.includes("may be missing") ? { fromMs: atMs - 28 * MINUTE_MS, toMs: atMs } : null;
  return { atMs, words, phase, sinceMs: atMs, gap };
}

export const REPORT = `Tidings 0.1.0, 2026-11-21 14:00:00
System: Debian GNU/Linux 13 (linux x86_64)
Desktop: XFCE (x11)
Notification service: dunst 1.9.0 by knopwob (actions, body)
Notifications: no trouble known
Keyring: no trouble known
Feeds: 1

Feed 1: https://ci.example.org
  live since 2026-11-21 13:13:00
`;
