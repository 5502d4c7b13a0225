// A rule reads as a sentence, whatever it sets.
import { expect, it } from "vitest";

import type { Rule } from "../ipc/bindings";
import { BLANK } from "../state/rule.svelte";
import { text } from ".";

const name = (id: string) => ({ f: "Deploys", g: "Backups" })[id] ?? text.rules.removedFeed;
// Some kinds of English have a comma before the last of a list.
const says = (when: Partial<Rule["when"]>, then: Partial<Rule["then"]>) =>
  text.rules.sentence({ ...BLANK, when: { ...BLANK.when, ...when }, then: { ...BLANK.then, ...then } }, name).replace(", and ", " and ");

it("says what it is about and what it does", () => {
  expect(says({}, {})).toBe("All events are left as their feed is set, whatever the rules below say.");
  expect(says({ atLeast: "urgent" }, { popup: true, stays: true })).toBe("Events of urgent priority show a popup that stays until dismissed.");
  expect(says({ feeds: ["f", "gone"] }, { popup: false, read: true })).toBe("Events from Deploys or a feed that was removed are only stored and are marked read.");
  expect(says({ types: ["a", "b"], text: "fail" }, { priority: "high", sound: "none", star: true })).toBe(
    "Events of type “a” or “b”, whose text matches “fail”, count as high, make no sound and are starred.",
  );
  expect(says({ json: [{ path: "price", is: "greater", value: "100" }, { path: "state", is: "notEqual", value: "paid" }] }, { sound: "bell", stays: true })).toBe(
    "Events where price is above 100 and state is not “paid” have a popup that stays until dismissed and sound like “bell”.",
  );
});

it("says priorities as people do", () => {
  const priority = (atLeast: Rule["when"]["atLeast"], atMost: Rule["when"]["atMost"]) => says({ atLeast, atMost }, { popup: false });
  expect(priority(null, "low")).toBe("Events of low priority or less are only stored.");
  expect(priority("high", null)).toBe("Events of high priority or more are only stored.");
  expect(priority("low", "high")).toBe("Events of low to high priority are only stored.");
  expect(priority("low", "low")).toBe("Events of low priority are only stored.");
});

it("says times with the days they begin on", () => {
  const hours = (from: string, to: string, days: NonNullable<Rule["when"]["hours"]>["days"]) => says({ hours: { from, to, days } }, { popup: false });
  expect(hours("22:00", "07:00", [])).toBe("Events between 22:00 and 07:00 are only stored.");
  expect(hours("18:00", "09:00", ["fri", "thu", "wed", "tue", "mon"])).toBe("Events between 18:00 and 09:00 on Monday to Friday are only stored.");
  expect(hours("00:00", "00:00", ["sat", "sun"])).toBe("Events on Saturday and Sunday are only stored.");
  expect(hours("08:00", "08:00", [])).toBe("Events from 08:00 for a day are only stored.");
});

it("quotes no more than fits", () => {
  expect(says({ text: "🎉".repeat(90) }, { popup: false })).toBe(`Events whose text matches “${"🎉".repeat(60)}…” are only stored.`);
});
