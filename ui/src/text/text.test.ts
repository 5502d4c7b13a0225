// Sentences read well at every count and at every distance in time.
import { describe, expect, it } from "vitest";

import type { Trace } from "../ipc/bindings";
import { text } from ".";

const NOON_MS = new Date(2026, 10, 21, 12, 0, 5).getTime();
const MINUTE_MS = 60_000;

describe("times", () => {
  const { brief, day, since } = text.times;

  it("are short for the recent past and exact before that", () => {
    expect(brief(NOON_MS - 20_000, NOON_MS)).toBe("now");
    expect(brief(NOON_MS - 5 * MINUTE_MS, NOON_MS)).toBe("5 min ago");
    expect(brief(NOON_MS - 59.9 * MINUTE_MS, NOON_MS)).toBe("59 min ago");
    expect(brief(NOON_MS - 90 * MINUTE_MS, NOON_MS)).toMatch(/10[:.]30/);
  });

  it("of a server whose clock is ahead are shown as they are", () => {
    expect(brief(NOON_MS + 90 * MINUTE_MS, NOON_MS)).toMatch(/0?1[:.]30|13[:.]30/);
  });

  it("name the day by its distance", () => {
    const at = (...date: [number, number, number, number]) => day(new Date(...date).getTime(), NOON_MS);
    expect(at(2026, 10, 21, 0)).toBe("Today");
    expect(at(2026, 10, 20, 23)).toBe("Yesterday");
    expect(at(2026, 10, 19, 23)).toMatch(/Thursday/);
    expect(at(2026, 10, 19, 23)).not.toMatch(/2026/);
    expect(at(2025, 10, 19, 23)).toMatch(/2025/);
  });

  it("count calendar days across a change of the clocks", () => {
    const after = new Date(2026, 2, 30, 0, 30).getTime();
    expect(day(new Date(2026, 2, 29, 0, 30).getTime(), after)).toBe("Yesterday");
  });

  it("say the day where it wasn't today", () => {
    expect(since(NOON_MS - 5 * MINUTE_MS, NOON_MS)).not.toMatch(/[A-Z][a-z]{2}/);
    expect(since(NOON_MS - 26 * 60 * MINUTE_MS, NOON_MS)).toMatch(/Fri/);
  });
});

describe("a feed's state", () => {
  const waiting = (ms: number) => text.state.full({ kind: "waiting", untilMs: NOON_MS + ms, why: { code: "other", message: "The server refused the connection." } }, NOON_MS);

  it("counts down and says why", () => {
    expect(waiting(11_200)).toBe("Next try in 12 s — The server refused the connection.");
    expect(waiting(72_000)).toMatch(/^Next try in 1 min 12 s — /);
    expect(waiting(25 * MINUTE_MS)).toMatch(/^Next try in 25 min — /);
    expect(waiting(6 * 60 * MINUTE_MS)).toMatch(/^Next try in 6 h — /);
    expect(waiting(0)).toMatch(/^Trying again — /);
    expect(waiting(-5_000)).toMatch(/^Trying again — /);
  });

  it("is said in full and in short", () => {
    const live = { kind: "live", sinceMs: NOON_MS - 90 * MINUTE_MS } as const;
    expect(text.state.full(live, NOON_MS)).toMatch(/^Live since 10[:.]30/);
    expect(text.state.brief(live, NOON_MS)).toBe("Live");
    expect(text.state.full({ kind: "offline" }, NOON_MS)).toBe("Offline — connects as soon as this computer has a network");
    expect(text.state.brief({ kind: "offline" }, NOON_MS)).toBe("Offline");
    expect(text.state.brief({ kind: "needsPerson", why: { code: "keyring", message: "" } }, NOON_MS)).toBe("Needs the keyring");
  });
});

describe("why there was a popup or none", () => {
  const trace = { presented: "suppressed", rule: null, stop: null, template: null } as const;
  const lines = (more: Partial<Trace>) => text.trace.lines({ ...trace, ...more }, NOON_MS);

  it("names what kept it back, once", () => {
    expect(lines({ stop: { kind: "feedOff" } })).toEqual(["Popups were off for this feed."]);
    expect(lines({ stop: { kind: "rule" }, rule: "Night" })).toEqual(["The rule “Night” shows no popup for it."]);
    expect(lines({ stop: { kind: "allMuted" }, rule: "Night" })).toEqual(["Everything was muted.", "The rule “Night” applied to it."]);
  });

  it("says of a popup that was shown what let it through", () => {
    expect(lines({ presented: "shown" })).toEqual(["Popups were on for this feed, and nothing kept it back."]);
    expect(lines({ presented: "shown", rule: "Alarms" })).toEqual(["The rule “Alarms” applied to it, and nothing kept it back."]);
  });

  it("says when quiet hours end and what comes then", () => {
    const stop = { kind: "quiet", untilMs: NOON_MS + 90 * MINUTE_MS } as const;
    expect(lines({ presented: "new", stop })[0]).toMatch(/^It came in quiet hours, until 0?1[:.]30.*\. Their end brings it in a summary\.$/);
    expect(lines({ presented: "shown", stop })[0]).toMatch(/Their end brought it in a summary\.$/);
  });

  it("tells of a template that was of no use", () => {
    expect(lines({ presented: "shown", template: "line 2: no such field" })).toEqual([
      "Popups were on for this feed, and nothing kept it back.",
      "A template could not be used: line 2: no such field",
    ]);
  });
});

it("quotes long titles as far as they say which one is meant", () => {
  expect(text.bin.event("short")).toBe("Deleted “short”.");
  expect(text.bin.event("🎉".repeat(90))).toBe(`Deleted “${"🎉".repeat(80)}…”.`);
  expect(text.bin.event("")).toBe("Event deleted.");
});

it("says until when something is muted, and nothing where that has passed", () => {
  const nowMs = new Date(2026, 10, 21, 14).getTime();
  expect(text.mute.state({ kind: "off" }, nowMs)).toBeNull();
  expect(text.mute.state({ kind: "on" }, nowMs)).toBe("Muted");
  expect(text.mute.state({ kind: "until", atMs: nowMs + 1 }, nowMs)).toMatch(/^Muted until .*2/);
  expect(text.mute.state({ kind: "until", atMs: nowMs }, nowMs)).toBeNull();
  expect(text.mute.all("Muted until 15:00")).toBe("All feeds: muted until 15:00. Events are stored all the same.");
});

it("counts in the singular and the plural", () => {
  expect(text.feeds.spoken("Mine", "Live", null, 1)).toBe("Mine, Live, 1 unread event");
  expect(text.feeds.spoken("All feeds", null, "No popups", 1200)).toBe("All feeds, No popups, 1,200 unread events");
  expect(text.state.summary(1, 1)).toBe("1 feed live");
  expect(text.state.summary(3, 8)).toBe("3 of 8 feeds live");
  expect(text.state.summary(0, 0)).toBe("No feed is turned on");
});
