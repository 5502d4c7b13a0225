// Lists of feeds: what is chosen, and what is asked of the engine.
import { expect, test } from "vitest";

import type { Backend } from "../ipc/backend";
import type { Listing } from "../ipc/bindings";
import { FeedList } from "./feedlist.svelte";

const listed = (name: string, known = false) => ({ name, url: `https://${name}.example/`, signsIn: false, known, leftOut: null });
const LISTING: Listing = { kind: "addresses", feeds: [listed("a"), listed("b", true), listed("c")], odd: [] };

function choosing(more: Partial<Backend> = {}) {
  const asked: unknown[] = [];
  const backend = { previewFeeds: async () => LISTING, addFeeds: async (...args: unknown[]) => (asked.push(args), { added: 2, refused: [] }), ...more };
  return { asked, choosing: new FeedList(backend as unknown as Backend) };
}

test("what is there already is not chosen by itself, and can be", async () => {
  const { asked, choosing: list } = choosing();
  list.typed = "the list";
  await list.read();
  expect([...list.chosen]).toEqual([0, 2]);
  list.toggle(0);
  list.toggle(1);
  await list.add();
  expect(asked).toEqual([["the list", [1, 2], "keyring"]]);
  expect([list.typed, list.added?.added]).toEqual(["", 2]);
});

test("all or none can be chosen, and none is never sent", async () => {
  const { asked, choosing: list } = choosing();
  await list.read();
  list.chooseAll(true);
  expect([...list.chosen]).toEqual([0, 1, 2]);
  list.chooseAll(false);
  await list.add();
  expect([list.chosen.size, asked]).toEqual([0, []]);
});

test("a text that is no list says so and keeps what was typed", async () => {
  const { choosing: list } = choosing({ previewFeeds: () => Promise.reject({ code: "invalid", field: null, message: "No feeds were found in it." }) });
  list.typed = "hello";
  await list.read();
  expect([list.trouble, list.listing, list.typed, list.busy]).toEqual(["No feeds were found in it.", null, "hello", false]);
});
