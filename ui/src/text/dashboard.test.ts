// Numbers are as precise as they make sense, and charts are told in words.
import { expect, it } from "vitest";

import { text } from ".";

const { amount, change, measured, rate, summary } = text.dashboard;

it("numbers have as many places as their size makes sense of", () => {
  const table: [number, string][] = [[0, "0"], [0.000123456, "0.000123"], [1.006, "1.01"], [42.5, "42.5"], [1_234.56, "1,234.6"], [68_201.4, "68,201"], [12_345_678, "12.35M"], [-3.2, "-3.2"]];
  for (const [value, said] of table) expect(amount(value)).toBe(said);
  expect([amount(42, 2), amount(12_345, 2)]).toEqual(["42.00", "12,345"]);
});

it("units stand behind a space that doesn't break, per cent doesn't", () => {
  expect([measured(5, "MiB"), measured(5, "%"), measured(5, "")]).toEqual(["5\u00a0MiB", "5%", "5"]);
});

it("changes have a sign, and a share where that says something", () => {
  expect(change(100, 104.5, "€")).toEqual(["+4.5", "(+4.5%)"]);
  expect(change(-100, -104.5, "€")).toEqual(["-4.5", "(-4.5%)"]);
  expect(change(0, 3, "")).toEqual(["+3", null]);
  expect(change(50, 60, "%")).toEqual(["+10", null]);
  expect(change(1, 900, "")).toEqual(["+899", null]);
  expect(change(10_000, 10_001, "")).toEqual(["+1", null]);
});

it("rates are by the minute, or by the hour where that is more than none", () => {
  expect([rate(240), rate(2.51), rate(0.1), rate(0)]).toEqual(["240\u00a0/\u00a0min", "2.5\u00a0/\u00a0min", "6.0\u00a0/\u00a0h", "0\u00a0/\u00a0min"]);
});

it("a chart is told from its first to its last number", () => {
  expect(summary({ first: 1, last: 2.5, min: 0.5, max: 3 }, "°C", "hour", 1)).toBe("In the last hour from 1.0\u00a0°C to 2.5\u00a0°C; lowest 0.5\u00a0°C, highest 3.0\u00a0°C.");
});
