// The search box suggests filters and the values that are there, and never in the way of a word.
import { describe, expect, it } from "vitest";

import { accept, metIn, suggest } from "./suggesting";
import { page } from "./testing";

const known = { feeds: ["Deploys", "Home sensors", 'odd "one"', "Depot"], types: ["message", "price-update"], groups: ["web-1", "web 2"] };
const at = (text: string, caret = text.length) => suggest(text, caret, known, (filter) => `about ${filter}`);
const labels = (text: string, caret?: number) => at(text, caret).options.map(({ label }) => label);

/** The text after the first suggestion was taken, with the caret as a bar. */
function taken(text: string, caret = text.length): string {
  const suggestions = at(text, caret);
  const after = accept(text, suggestions, suggestions.options[0]!);
  return `${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`;
}

describe("filters", () => {
  it.each([
    ["f", ["feed:"]],
    ["water is", ["is:"]],
    ["-TY", ["type:"]],
    ["water", []],
    ["", []],
    ["is:unread ", []],
    ['"f', []],
  ])("for %j", (text, expected) => expect(labels(text)).toEqual(expected));

  it("say what they do and leave their value to choose", () => {
    expect(at("pri").options).toEqual([{ insert: "priority:", label: "priority:", hint: "about priority:", open: true }]);
    expect(taken("water -pri")).toBe("water -priority:|");
  });
});

describe("values", () => {
  it.each([
    ["feed:", ["Deploys", "Home sensors", "Depot"]],
    ["feed:dep", ["Deploys", "Depot"]],
    ["feed:SENS", ["Home sensors"]],
    ['feed:"home s', ["Home sensors"]],
    ["type:p", ["price-update"]],
    ["group:", ["web-1", "web 2"]],
    ["is:un", ["unread"]],
    ["is:unread", []],
    ["is:read", ["read", "unread"]],
    ["priority:h", ["high+", "high"]],
    ["feed:zebra", []],
  ])("for %j", (text, expected) => expect(labels(text)).toEqual(expected));

  it("are quoted where they have blanks, and leave room for the next term", () => {
    expect(taken("feed:h")).toBe('feed:"Home sensors" |');
    expect(taken("-type:price")).toBe("-type:price-update |");
  });

  it("take the place of the term the caret is in", () => {
    expect(taken("is:un water", 5)).toBe("is:unread |water");
    expect(taken('feed:"ho" water', 8)).toBe('feed:"Home sensors" |water');
  });
});

it("the types and groups are those of the newest events", () => {
  const rows = [...page(2, 1, { eventType: "old", group: "a" }), ...page(4, 3, { eventType: "new", group: "b" }), ...page(6, 5, { eventType: "new" })];
  expect(metIn(rows)).toEqual({ types: ["new", "old"], groups: ["b", "a"] });
});
