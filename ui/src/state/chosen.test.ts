// Several lines are chosen one by one, by a range, or all at once; a run is chosen whole.
import { beforeEach, describe, expect, it } from "vitest";

import { Choosing } from "./chosen.svelte";
import { arrive, type History, historyOf } from "./history";
import { Listing } from "./listing.svelte";
import { page, row } from "./testing";

let history: History;
let list: Listing;
let choosing: Choosing;

const chosen = () => choosing.rows().map(({ id }) => id).join(" ");

beforeEach(() => {
  // The newest line is a run of three.
  history = historyOf(null, [...page(8, 6, { key: "a" }), ...page(5, 1)], false);
  list = new Listing(() => history);
  choosing = new Choosing(list);
});

it("begins with what is read", () => {
  choosing.toggle(2, 4);
  expect(chosen()).toBe("4 2");
  choosing.toggle(2, 4);
  expect(chosen()).toBe("2");
});

it("a run is chosen whole", () => {
  choosing.toggle(0, -1);
  expect(chosen()).toBe("8 7 6");
  expect(choosing.count).toBe(3);
});

describe("a range", () => {
  it("reaches from where it began, in both directions", () => {
    choosing.reach(3, 2);
    expect(chosen()).toBe("4 3");
    choosing.reach(1, 3);
    expect(chosen()).toBe("5 4");
    choosing.reach(4, 0);
    expect(chosen()).toBe("4 3 2");
  });

  it("begins at the line that was chosen last", () => {
    choosing.toggle(4, -1);
    choosing.reach(5, 0);
    expect(chosen()).toBe("2 1");
  });
});

it("all is what is shown, and clearing leaves nothing", () => {
  choosing.all();
  expect(choosing.count).toBe(8);
  choosing.clear();
  expect(choosing.count).toBe(0);
  choosing.reach(1, 1);
  expect(chosen()).toBe("5");
});


it("what arrives is not chosen", () => {
  choosing.all();
  const before = choosing.count;
  history = arrive(history, [row(9)]);
  expect(choosing.count).toBe(before);
});
