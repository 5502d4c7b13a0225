// The tree holds every token as it was sent, and shows no more lines than were asked for.
import { describe, expect, it } from "vitest";

import { type Branch, isNumber, linesOf, pathOf, quoted, reachOf, treeOf, unfoldedAtFirst, valueOf, wordOf } from "./tree";

const grown = (text: string): Branch => treeOf(text)!;
const at = (root: Branch, ...places: number[]): Branch => places.reduce((branch, place) => branch.children[place]!, root);

/** The tree as a value again. */
function back(branch: Branch, text: string): unknown {
  if (branch.kind === "array") return branch.children.map((child) => back(child, text));
  if (branch.kind === "object") return Object.fromEntries(branch.children.map((child) => [JSON.parse(child.name!), back(child, text)]));
  return JSON.parse(text.slice(branch.start, branch.end));
}

describe("a tree", () => {
  it.each([{}, [], { a: [] }, { a: 1, b: [1, -2.5e3, { c: null }], d: { e: "x" } }, [[1], [[]], {}, true], { 'a"{': '}],:\\"', "": { ":": "," } }])("holds all of %j", (value) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 3)]) expect(back(grown(text), text)).toEqual(value);
  });

  it("keeps numbers that a program can't hold, and doubled names", () => {
    const text = '{"id":12345678901234567890,"x":1.10,"x":1e400}';
    const root = grown(text);
    expect(root.children.map((child) => quoted(child, text))).toEqual(["12345678901234567890", "1.10", "1e400"]);
  });

  it.each(["", "plain words", "{broken", '"a string"', "42", "[1,]", `[${"1,".repeat(300_000)}1]`])("is not made of other data", (text) => {
    expect(treeOf(text)).toBeNull();
  });

  it("of ten thousand levels is grown and told", () => {
    const root = grown("[".repeat(5_000) + "]".repeat(5_000));
    expect(linesOf(root, unfoldedAtFirst(root)).length).toBeLessThan(50);
  });
});

describe("a path", () => {
  const text = '{"order":{"items":[{"price":5}]},"a name":{"x":1},"q\\"q":2,"":3,"0":4,"l":[[5]]}';
  it.each([
    [[0, 0, 0, 0], "order.items[0].price"],
    [[1, 0], '["a name"].x'],
    [[2], '["q\\"q"]'],
    [[3], '[""]'],
    [[4], '["0"]'],
    [[5, 0, 0], "l[0][0]"],
    [[], ""],
  ])("is written as rules read it", (places, path) => {
    expect(pathOf(at(grown(text), ...(places as number[])))).toBe(path);
  });
});

describe("what rules and tiles can be about", () => {
  it("is found again by its path, the last of doubled names included", () => {
    const text = '{"a":1,"b":[{"a name":2}],"a":3}';
    const root = grown(text);
    expect([at(root, 0), at(root, 1, 0, 0), at(root, 2), root].map(reachOf)).toEqual([null, 'b[0]["a name"]', "a", null]);
  });

  it("has a name that the engine can hold, and stands no deeper than it follows", () => {
    expect(reachOf(at(grown('{"\\ud83d":1}'), 0))).toBeNull();
    expect(reachOf(at(grown('{"\\ud83d\\ude80":1}'), 0))).toBe('["\\ud83d\\ude80"]');
    const deep = grown("[".repeat(70) + "1" + "]".repeat(70));
    const steps = (count: number) => at(deep, ...Array<number>(count).fill(0));
    expect([reachOf(steps(64)), reachOf(steps(65))]).toEqual(["[0]".repeat(64), null]);
  });

  it("is a single value, named without quotation marks", () => {
    const text = JSON.stringify({ s: 'a "b"', n: null, o: {}, long: "x".repeat(600) });
    expect(grown(text).children.map((child) => wordOf(child, text))).toEqual(['a "b"', "null", null, null]);
  });

  it("is a number to charts where it is one or text of nothing else", () => {
    const text = '[1, -2.50e3, "21.4", " 7 ", 1e400, "", "7 kg", true, null, [1], "0x10", "Infinity"]';
    expect(grown(text).children.map((child) => isNumber(child, text))).toEqual([true, true, true, true, ...Array<boolean>(8).fill(false)]);
  });
});

it("a copied text has no quotation marks, a copied container has lines", () => {
  const text = '{"s":"a\\n\\u00e9","o":{"x":[1]},"n":1.10}';
  const root = grown(text);
  expect(root.children.map((child) => valueOf(child, text))).toEqual(["a\né", '{\n  "x": [\n    1\n  ]\n}', "1.10"]);
});

it("a long value is cut in its line and whole when copied", () => {
  const text = JSON.stringify(["x".repeat(70_000)]);
  expect(quoted(grown(text).children[0]!, text).length).toBeLessThan(500);
  expect(valueOf(grown(text).children[0]!, text)).toHaveLength(70_000);
});

describe("lines", () => {
  it("begin with a screenful, the upper levels first", () => {
    const root = grown(JSON.stringify({ a: { deep: Array(30).fill(0) }, b: { deep: Array(30).fill(0) }, c: 1 }));
    const lines = linesOf(root, unfoldedAtFirst(root));
    expect(lines.length).toBeLessThanOrEqual(41);
    expect(lines.slice(0, 3).map(({ branch }) => pathOf(branch))).toEqual(["", "a", "a.deep"]);
  });

  it("show a hundred values of a long container and offer the rest", () => {
    const root = grown(JSON.stringify(Array(1_000).fill(0)));
    const lines = linesOf(root, unfoldedAtFirst(root));
    expect(lines).toHaveLength(102);
    expect(lines.at(-1)).toEqual({ branch: root, rest: 900 });
    expect(linesOf(root, new Map([[root, 200]])).at(-1)!.rest).toBe(800);
  });

  it("leave out what is folded", () => {
    const root = grown('{"a":{"b":1}}');
    expect(linesOf(root, new Map())).toHaveLength(1);
    expect(linesOf(root, new Map([[root, 100]]))).toHaveLength(2);
  });
});
