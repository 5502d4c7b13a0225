// Settings that save themselves.
import { expect, test } from "vitest";

import { Saving } from "./saving.svelte";

/** A store that waits until it is told how each save ends. */
function store() {
  const asked: number[] = [];
  const ends: ((failure?: unknown) => void)[] = [];
  const put = (value: number) => {
    asked.push(value);
    return new Promise<void>((resolve, reject) => ends.push((failure) => (failure === undefined ? resolve() : reject(failure))));
  };
  return { asked, ends, saving: new Saving(put) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("of what is changed during a save only the last is saved, after it", async () => {
  const { asked, ends, saving } = store();
  const first = saving.put(1);
  void saving.put(2);
  void saving.put(3);
  expect(asked).toEqual([1]);
  ends[0]!();
  await settled();
  expect(asked).toEqual([1, 3]);
  ends[1]!();
  expect(await first).toBe(true);
  expect([saving.saved, saving.trouble]).toEqual([1, null]);
});

test("a refusal is told until something is saved, and a later change has its turn", async () => {
  const { asked, ends, saving } = store();
  const first = saving.put(1);
  ends[0]!({ code: "storage", field: null, message: "The disk is full." });
  expect(await first).toBe(false);
  expect([saving.saved, saving.trouble]).toEqual([0, "The disk is full."]);
  void saving.put(2);
  void saving.put(3);
  ends[1]!({ code: "storage", field: null, message: "Still full." });
  await settled();
  expect(asked).toEqual([1, 2, 3]);
  ends[2]!();
  await settled();
  expect(saving.trouble).toBe(null);
});
