// History limits as they are filled in.
import { expect, test } from "vitest";

import { keepDraftOf, keepOf, keepsLess, limitOf } from "./keep";

test("no limit is an empty field, and back", () => {
  const keep = { days: 90, events: 0, megabytes: 500, bodies: false };
  expect(keepDraftOf(keep)).toEqual({ days: "90", events: "", megabytes: "500", bodies: false });
  expect(keepOf(keepDraftOf(keep))).toEqual(keep);
});

test("what is no whole number is named by its field", () => {
  for (const odd of ["0", "-1", "1.5", "many", "1e3", "9".repeat(13)]) expect(limitOf(odd), odd).toBe(null);
  expect(limitOf(" 12 ")).toBe(12);
  expect(keepOf({ days: "1", events: "x", megabytes: "y", bodies: null })).toBe("events");
});

test("a limit where none was is less, and none where one was is more", () => {
  const keep = (days: number, events: number) => ({ days, events, megabytes: 0, bodies: null });
  const table = [[keep(30, 0), keep(90, 0), true], [keep(90, 5), keep(90, 0), true], [keep(0, 0), keep(90, 5), false], [keep(90, 5), keep(90, 5), false]] as const;
  for (const [to, from, less] of table) expect(keepsLess(to, from)).toBe(less);
});
