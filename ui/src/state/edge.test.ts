// What arrives while a person reads waits above; nothing that is being read moves.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Edge } from "./edge.svelte";
import { arrive, type History, historyOf } from "./history";
import { page, row } from "./testing";

let history: History;
let edge: Edge;
let next: number;

beforeEach(() => {
  vi.useFakeTimers();
  history = historyOf(null, page(3, 1), false);
  edge = new Edge(() => history);
  next = 4;
  vi.advanceTimersByTime(1000);
});

afterEach(() => {
  edge.stop();
  vi.useRealTimers();
});

function comes(count = 1): void {
  for (let each = 0; each < count; each++) history = arrive(history, [row(next++)]);
  edge.advance();
}

describe("at the top", () => {
  it("shows what arrives at once", () => {
    comes();
    expect(edge.shown).toBe(4);
    expect(edge.waiting).toBe(0);
  });

  it("shows a flood four times a second", () => {
    let changes = 0;
    let before = edge.shown;
    for (let frame = 0; frame < 100; frame++) {
      comes();
      if (edge.shown !== before) changes++;
      before = edge.shown;
      vi.advanceTimersByTime(10);
    }
    expect(changes).toBeLessThanOrEqual(5);
    vi.advanceTimersByTime(300);
    expect(edge.shown).toBe(103);
  });
});

describe("scrolled down", () => {
  it("keeps everything where it is and counts what waits", () => {
    edge.scrolled(true);
    comes(7);
    vi.advanceTimersByTime(60_000);
    expect(edge.shown).toBe(3);
    expect(edge.waiting).toBe(7);
  });

  it("shows what waits once the top is reached", () => {
    edge.scrolled(true);
    comes(7);
    edge.scrolled(false);
    expect(edge.shown).toBe(10);
    expect(edge.waiting).toBe(0);
  });

  it("shows what waits when asked", () => {
    edge.scrolled(true);
    comes(2);
    edge.release();
    expect(edge.shown).toBe(5);
  });
});

describe("with a person at the list", () => {
  it("holds it for as long as they are at it", () => {
    edge.hold(1500);
    comes(2);
    vi.advanceTimersByTime(1000);
    edge.hold(1500);
    vi.advanceTimersByTime(1000);
    expect(edge.shown).toBe(3);
    expect(edge.waiting).toBe(2);
    vi.advanceTimersByTime(600);
    expect(edge.shown).toBe(5);
    expect(edge.waiting).toBe(0);
  });

  it("lets it go at once when they leave", () => {
    edge.hold(15_000);
    comes();
    edge.letGo();
    expect(edge.shown).toBe(4);
  });
});
