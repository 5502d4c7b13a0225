// What was deleted can be brought back for half a minute, the latest first.
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Bin, UNDO_MS } from "./bin.svelte";

const deleted = (number: number) => ({ number, text: `Deleted ${number}.`, restore: () => undefined });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("gives the latest first", () => {
  const bin = new Bin();
  for (const number of [1, 2, 3]) bin.add(deleted(number));
  expect([bin.take()?.number, bin.last?.number, bin.take()?.number, bin.take()?.number, bin.take()]).toEqual([3, 2, 2, 1, null]);
});

it("forgets each after its own half minute", () => {
  const bin = new Bin();
  bin.add(deleted(1));
  vi.advanceTimersByTime(20_000);
  bin.add(deleted(2));
  vi.advanceTimersByTime(UNDO_MS - 20_000);
  expect(bin.take()?.number).toBe(2);
  expect(bin.last).toBeNull();
});

it("can be let go of", () => {
  const bin = new Bin();
  bin.add(deleted(1));
  bin.dismiss();
  expect(bin.take()).toBeNull();
});
