// Changes of the window's looks.
import { expect, test } from "vitest";

import type { Window as Dress } from "../ipc/bindings";
import { Dressing } from "./dressing.svelte";
import { UNKNOWN } from "./world";

test("a change that comes before the last one is told of takes nothing of it back", async () => {
  const stored: Dress[] = [];
  const dressing = new Dressing(() => UNKNOWN.window, async (dress) => void stored.push(dress));
  await Promise.all([dressing.put({ theme: "dark" }), dressing.put({ density: "compact" }), dressing.put({ textPercent: 150 })]);
  expect(stored.at(-1)).toEqual({ ...UNKNOWN.window, theme: "dark", density: "compact", textPercent: 150 });
});

test("what was refused is not asked for again", async () => {
  const asked: Dress[] = [];
  const dressing = new Dressing(() => UNKNOWN.window, async (dress) => {
    asked.push(dress);
    if (asked.length === 1) throw new Error("full");
  });
  expect(await dressing.put({ theme: "dark" })).toBe(false);
  expect(await dressing.put({ density: "compact" })).toBe(true);
  expect(asked[1]).toEqual({ ...UNKNOWN.window, density: "compact" });
});
