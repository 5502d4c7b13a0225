// Every key means one thing, and nothing that a person types.
import { expect, it } from "vitest";

import { actionOf, ACTIONS } from "./actions";

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent;

it("no key stands for two actions", () => {
  const keys = ACTIONS.flatMap(({ keys }) => [...keys]);
  expect(new Set(keys).size).toBe(keys.length);
});

it.each([
  [press("/"), "search"],
  [press("?", { shiftKey: true }), "help"],
  [press("k", { ctrlKey: true }), "palette"],
  [press("k", { metaKey: true }), "palette"],
  [press("F6", { shiftKey: true }), "around"],
  [press("k"), undefined],
  [press("k", { ctrlKey: true, shiftKey: true }), undefined],
  [press("a", { altKey: true }), undefined],
  [press("a", { ctrlKey: true }), undefined],
])("%o is what it says", (event, action) => {
  expect(actionOf(event, false)).toBe(action);
});

it("while something is typed, only what writes nothing counts", () => {
  const typed = [press("a"), press("/"), press("z", { ctrlKey: true }), press("f", { ctrlKey: true }), press("k", { ctrlKey: true }), press("F6"), press("Escape")];
  expect(typed.map((event) => actionOf(event, true))).toEqual([undefined, undefined, undefined, "search", "palette", "around", "back"]);
});
