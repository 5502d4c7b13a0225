// What a timeline shows.
import { expect, test } from "vitest";

import type { Happening, Health, Phase } from "../ipc/bindings";
import { stretches, totals } from "./stretches";

/** Happenings, oldest first, as a record of times and phases. */
function health(told: [number, Phase | null][], sinceMs = -1_000): Health {
  const happenings = told.map(([atMs, phase]): Happening => ({ atMs, words: "", phase, sinceMs: atMs, gap: null }));
  return { sinceMs, counts: { events: 0, bytes: 0, dials: 0, reconnects: 0, oversized: 0, gaps: 0 }, lastEventAtMs: null, remark: null, happenings: happenings.toReversed() };
}

const live = { kind: "live", sinceMs: 0 } as const;
const shown = (...given: Parameters<typeof stretches>) => stretches(...given).map(({ doing, fromMs, toMs }) => [doing, fromMs, toMs]);

test("stretches follow one another without a hole, and what says nothing of the connection is passed over", () => {
  const told = health([[10, "connecting"], [12, "live"], [20, null], [50, "waiting"], [60, "connecting"], [61, "live"]]);
  expect(shown(told, { kind: "live", sinceMs: 61 }, 0, 100)).toEqual([
    ["unknown", 0, 10], ["connecting", 10, 12], ["live", 12, 50], ["waiting", 50, 60], ["connecting", 60, 61], ["live", 61, 100],
  ]);
});

test("what happened before the first moment says how it begins", () => {
  expect(shown(health([[-50, "live"]]), live, 0, 100)).toEqual([["live", 0, 100]]);
});

test("before it was added a feed was not followed", () => {
  expect(shown(health([[40, "connecting"], [41, "live"]], 40), live, 0, 100)).toEqual([["left", 0, 40], ["connecting", 40, 41], ["live", 41, 100]]);
});

test("a link that went live without an opening is live since then", () => {
  expect(shown(health([[-1, "connecting"]]), { kind: "live", sinceMs: 30 }, 0, 100)).toEqual([["connecting", 0, 30], ["live", 30, 100]]);
});

test("a clock that was set backwards draws nothing twice", () => {
  const all = stretches(health([[50, "live"], [20, "waiting"], [80, "live"]]), live, 0, 100);
  expect(all.map(({ fromMs }) => fromMs)).toEqual([...all.map(({ fromMs }) => fromMs)].sort((a, b) => a - b));
  expect(all.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBe(100);
});

test("times of the same kind are added up, the longest first", () => {
  const all = stretches(health([[-1, "live"], [10, "waiting"], [30, "live"]]), live, 0, 100);
  expect(totals(all)).toEqual([{ doing: "live", ms: 80 }, { doing: "waiting", ms: 20 }]);
});
