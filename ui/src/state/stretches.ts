// A feed's last hours as stretches of doing one thing: pure.
import type { FeedState, Health, Phase } from "../ipc/bindings";

/** What a stretch shows; unknown is what the record no longer reaches. */
export type Doing = Phase | "unknown";
export type Stretch = { doing: Doing; fromMs: number; toMs: number };

/** Gives what a connection did between two moments without a hole, oldest first; the present state has the last word. */
export function stretches({ sinceMs, happenings }: Health, state: FeedState, fromMs: number, nowMs: number): Stretch[] {
  const all: Stretch[] = [];
  const begin = (doing: Doing, atMs: number) => {
    const last = all.at(-1);
    if (last?.doing === doing) return;
    // A clock that was set backwards moves nothing that came before.
    const at = Math.min(Math.max(atMs, last?.fromMs ?? fromMs, fromMs), nowMs);
    if (last !== undefined) last.toMs = at;
    all.push({ doing, fromMs: at, toMs: nowMs });
  };
  begin(sinceMs > fromMs ? "left" : "unknown", fromMs);
  for (const { phase, sinceMs: at } of happenings.toReversed()) if (phase !== null) begin(phase, at);
  begin(doingOf(state), state.kind === "live" ? state.sinceMs : nowMs);
  const merged: Stretch[] = [];
  for (const stretch of all.filter(({ fromMs: from, toMs: to }) => to > from)) {
    const last = merged.at(-1);
    if (last?.doing === stretch.doing) last.toMs = stretch.toMs;
    else merged.push(stretch);
  }
  return merged;
}

/** Adds up how long each thing was done, the longest first. */
export function totals(all: readonly Stretch[]): { doing: Doing; ms: number }[] {
  const sums = new Map<Doing, number>();
  for (const { doing, fromMs, toMs } of all) sums.set(doing, (sums.get(doing) ?? 0) + toMs - fromMs);
  return [...sums].map(([doing, ms]) => ({ doing, ms })).sort((a, b) => b.ms - a.ms);
}

function doingOf(state: FeedState): Doing {
  switch (state.kind) {
    case "connecting":
    case "live":
    case "waiting":
    case "offline":
      return state.kind;
    case "needsPerson":
    case "stoppedByServer":
      return "stopped";
    case "paused":
    case "disabled":
      return "left";
  }
}
