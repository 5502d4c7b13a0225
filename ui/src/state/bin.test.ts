// What was deleted can be brought back for half a minute, the latest first.
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Bin, UNDO_MS } from "./bin.svelte";

const deleted = (number: number) => ({ numbers: [number], text: `Deleted ${number}.`, restore: () => undefined });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("gives the latest first", () => {
  const bin = new Bin();
  for (const number of [1, 2, 3]) bin.add(deleted(number));
  expect([bin.take(), bin.last, bin.take(), bin.take(), bin.take()].map((each) => each?.numbers[0])).toEqual([3, 2, 2, 1, undefined]);
});

it("forgets each after its own half minute", () => {
  const bin = new Bin();
  bin.add(deleted(1));
  vi.advanceTimersByTime(20_000);
  bin.add(deleted(2));
  vi.advanceTimersByTime(UNDO_MS - 20_000);
  expect(bin.take()?.numbers).toEqual([2]);
  expect(bin.last).toBeNull();
});

it("can be let go of", () => {
  const bin = new Bin();
  bin.add(deleted(1));
  bin.dismiss();
  expect(bin.take()).toBeNull();
});
