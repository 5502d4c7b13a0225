// Charts ask once for what is in sight, then only for what came since, and never while nobody can see it.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Bucket, Chart, Line, Series, Span } from "../ipc/bindings";
import { Charting } from "./charting.svelte";
import { spanAt } from "./series";

const NOW_MS = 1_763_700_000_000;
const line = (feed: string): Line => ({ feed, shows: "number", path: "n", only: null });
const bucket = (atMs: number, last: number): Bucket => ({ atMs, count: 1, min: last, max: last, last });
const series = (buckets: Bucket[] = [], more: Partial<Series> = {}): Series => ({ buckets, tasks: [], looked: 1, of: 1, wrong: null, ...more });

let newest = "10";
let hidden = false;
const asked = vi.fn<(lines: Line[], span: Span, after: string | null) => Promise<Chart>>();
const began = spanAt("minutes", 120, NOW_MS).fromMs;

function charting(): Charting {
  return new Charting({ chart: asked }, 120, () => newest);
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  [newest, hidden] = ["10", false];
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
  asked.mockReset().mockImplementation(async (lines, { widthMs }) => ({ series: lines.map(() => series([bucket(began, 1)])), until: newest, widthMs }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("what is in sight", () => {
  it("is asked for once and together, then only after something came", async () => {
    const charts = charting();
    const stop = charts.start();
    charts.follow(line("a"));
    charts.follow(line("b"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked.mock.calls[0]![0].map(({ feed }) => feed)).toEqual(["a", "b"]);
    expect(asked.mock.calls[0]![2]).toBeNull();
    newest = "12";
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked.mock.calls.slice(1).map(([, , after]) => after)).toEqual(["10"]);
    stop();
    newest = "13";
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("is asked for once a second at most, however much arrives", async () => {
    const charts = charting();
    charts.start();
    charts.follow(line("a"));
    await vi.advanceTimersByTimeAsync(0);
    asked.mockClear();
    for (let event = 0; event < 100; event++) {
      newest = String(Number(newest) + 1);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked).toHaveBeenCalledTimes(10);
  });

  it("is let go when it leaves", async () => {
    const charts = charting();
    charts.start();
    const [leave, leaveToo] = [charts.follow(line("a")), charts.follow(line("a"))];
    await vi.advanceTimersByTimeAsync(0);
    leave();
    newest = "11";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveBeenCalledTimes(2);
    leaveToo();
    newest = "12";
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("is not asked for in a hidden window, and at once when it is seen again", async () => {
    const charts = charting();
    charts.start();
    charts.follow(line("a"));
    await vi.advanceTimersByTimeAsync(0);
    [hidden, newest] = [true, "20"];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(1);
    hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

describe("what came since", () => {
  it("is merged, and what is too old is dropped", async () => {
    const charts = charting();
    charts.start();
    charts.follow(line("a"));
    await vi.advanceTimersByTimeAsync(0);
    asked.mockImplementation(async (_, { fromMs, widthMs }) => ({ series: [series([bucket(fromMs + widthMs, 5)])], until: newest, widthMs }));
    await vi.advanceTimersByTimeAsync(10_000);
    newest = "11";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(charts.of(line("a"))?.buckets.map(({ last }) => last)).toEqual([5]);
  });

  it("is asked for as a whole where it was more than an answer holds", async () => {
    const charts = charting();
    charts.start();
    charts.follow(line("a"));
    await vi.advanceTimersByTimeAsync(0);
    asked.mockImplementationOnce(async (_, { widthMs }) => ({ series: [series([], { looked: 10, of: 20 })], until: "30", widthMs }));
    newest = "30";
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked.mock.calls.slice(1).map(([, , after]) => after)).toEqual(["10", null]);
  });

  it("of tasks replaces the states known before", async () => {
    const task = (key: string, percent: number) => ({ key, title: key, percent, atMs: NOW_MS });
    const tasks = { ...line("a"), shows: "tasks" as const };
    const charts = charting();
    charts.start();
    asked.mockImplementationOnce(async (_, { widthMs }) => ({ series: [series([], { tasks: [task("a", 10), task("b", 20)] })], until: newest, widthMs }));
    charts.follow(tasks);
    await vi.advanceTimersByTimeAsync(0);
    asked.mockImplementationOnce(async (_, { widthMs }) => ({ series: [series([], { tasks: [task("b", 30)] })], until: "11", widthMs }));
    newest = "11";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(charts.of(tasks)?.tasks.map(({ key, percent }) => `${key} ${percent}`)).toEqual(["b 30", "a 10"]);
  });
});

describe("another range", () => {
  it("is asked for as a whole, and an answer for the one before is of no use", async () => {
    const charts = charting();
    charts.start();
    let answer: (chart: Chart) => void = () => undefined;
    asked.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    charts.follow(line("a"));
    await vi.advanceTimersByTimeAsync(0);
    charts.look("hour");
    answer({ series: [series([bucket(began, 77)])], until: "10", widthMs: 2_500 });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.mock.calls.map(([, { widthMs }, after]) => [widthMs, after])).toEqual([[2_500, null], [30_000, null]]);
    expect(charts.of(line("a"))).toMatchObject({ range: "hour" });
  });
});

it("says what failed and rests before it asks again", async () => {
  const charts = charting();
  charts.start();
  asked.mockRejectedValueOnce({ code: "storage", field: null, message: "The disk failed." });
  charts.follow(line("a"));
  await vi.advanceTimersByTimeAsync(4_000);
  expect([charts.trouble, asked.mock.calls.length]).toEqual(["The disk failed.", 1]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect([charts.trouble, asked.mock.calls.length]).toEqual([null, 2]);
});

it("notes a sample and what is wrong with a line", async () => {
  const charts = charting();
  charts.start();
  asked.mockImplementation(async (_, { widthMs }) => ({ series: [series([], { looked: 5, of: 9, wrong: "No path." })], until: "10", widthMs }));
  charts.follow(line("a"));
  await vi.advanceTimersByTimeAsync(0);
  expect(charts.of(line("a"))).toMatchObject({ sample: { looked: 5, of: 9 }, wrong: "No path." });
});
