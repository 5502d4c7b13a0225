// Quiet hours survive the way through their fields.
import { expect, it } from "vitest";

import type { Quiet } from "../ipc/bindings";
import { DAYS, draftOf, endOf, faultOf, quietOf } from "./quiet";

const NIGHT: Quiet = { kind: "hours", from: "23:30", to: "06:00", days: ["fri", "sat"], letsUrgentThrough: false };

it("gives back what it was filled with", () => {
  for (const quiet of [NIGHT, { ...NIGHT, days: [] }, { kind: "off" }] satisfies Quiet[]) expect(quietOf(draftOf(quiet))).toEqual(quiet);
});

it("proposes every night where none is set", () => {
  const draft = draftOf({ kind: "off" });
  expect(quietOf({ ...draft, on: true })).toEqual({ kind: "hours", from: "22:00", to: "07:00", days: [], letsUrgentThrough: true });
});

it("names the field that can't be used, as long as it is on", () => {
  const draft = draftOf(NIGHT);
  const none = Object.fromEntries(DAYS.map((day) => [day, false])) as typeof draft.days;
  expect(faultOf(draft)).toBeNull();
  expect(faultOf({ ...draft, from: "" })).toBe("from");
  expect(faultOf({ ...draft, to: "24:00" })).toBe("to");
  expect(faultOf({ ...draft, days: none })).toBe("days");
  expect(faultOf({ ...draft, on: false, from: "", days: none })).toBeNull();
});

it("knows on which day hours end", () => {
  const draft = draftOf(NIGHT);
  expect([endOf(draft), endOf({ ...draft, to: "23:45" }), endOf({ ...draft, to: "23:30" })]).toEqual(["next", "same", "whole"]);
});
