// JSON is laid out over lines and nothing of it is lost.
import { describe, expect, it } from "vitest";

import { pretty } from "./pretty";

describe("JSON", () => {
  it.each([{}, [], { a: [] }, { a: 1, b: [1, 2, { c: null }], d: { e: "x" } }, [[1], [[]], {}], { 'a"{': '}],:\\"' }])("is laid out as people know it: %j", (value) => {
    expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    expect(pretty(JSON.stringify(value, null, 7))).toBe(JSON.stringify(value, null, 2));
  });

  it("keeps numbers that a program can't hold, doubled keys and escapes", () => {
    const sent = '{"id":12345678901234567890,"x":1.10,"x":1e400,"s":"\\u00e9\\/"}';
    const shown = pretty(sent)!;
    for (const token of ["12345678901234567890", "1.10", "1e400", '"\\u00e9\\/"']) expect(shown).toContain(token);
    expect(shown.replace(/\n\s*|(?<=:) /g, "")).toBe(sent);
  });

  it("of a thousand levels doesn't become mostly blanks", () => {
    const deep = "[".repeat(1000) + "]".repeat(1000);
    expect(pretty(deep)!.length).toBeLessThan(200_000);
  });
});

it.each(["", "plain words", "{broken", '{"a":1} and more', '"a string"', "42", "null", "[1,]"])("leaves %j as it is", (text) => {
  expect(pretty(text)).toBeNull();
});

it("leaves huge texts as they are", () => {
  expect(pretty(`[${"1,".repeat(300_000)}1]`)).toBeNull();
});
