// What comes in quick succession is handed on together, in order, and a hidden window is no excuse.
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { batch } from "./batch";

let frames: FrameRequestCallback[];

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", (handle: number) => delete frames[handle - 1]);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("flushes once a frame, in order", () => {
  const flush = vi.fn();
  const hear = batch<number>(flush);
  for (const item of [1, 2, 3]) hear(item);
  expect(flush).not.toHaveBeenCalled();
  frames[0]!(0);
  expect(flush.mock.calls).toEqual([[[1, 2, 3]]]);
  hear(4);
  frames[1]!(0);
  expect(flush).toHaveBeenLastCalledWith([4]);
});

it("flushes without frames where the window is hidden, and not twice", () => {
  const flush = vi.fn();
  const hear = batch<number>(flush);
  hear(1);
  vi.advanceTimersByTime(250);
  expect(flush.mock.calls).toEqual([[[1]]]);
  expect(frames.filter(Boolean)).toHaveLength(0);
});
