// The list of rules shows what is stored: a change is seen at once, and taken back where the engine refuses it.
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { Failure, Rule, RuleFault } from "../ipc/bindings";
import { Dragging, placeAt } from "./dragging.svelte";
import { BLANK } from "./rule.svelte";
import { RuleBook } from "./rules.svelte";

const named = (name: string): Rule => ({ ...BLANK, name });
const names = (rules: readonly Rule[]) => rules.map(({ name }) => name).join(" ");
const FULL: Failure = { code: "storage", field: null, message: "The disk is full." };

let stored: Rule[];
let refusal: Failure | RuleFault[] | null;
let said: Failure[];
let book: RuleBook;

beforeEach(async () => {
  stored = ["a", "b", "c"].map(named);
  refusal = null;
  said = [];
  const backend = {
    rules: async () => structuredClone(stored),
    setRules: vi.fn(async (rules: Rule[]) => {
      await Promise.resolve();
      const refused = refusal;
      refusal = null;
      if (Array.isArray(refused)) return refused;
      if (refused !== null) throw refused;
      stored = structuredClone(rules);
      return [];
    }),
    tryRules: async (rules: Rule[]) => ({ kind: "tried", of: 200, popups: 7, held: rules.map((_, at) => at) }),
  } as unknown as Backend;
  book = new RuleBook(backend, (failure) => said.push(failure));
  await book.load();
});

const key = (name: string) => book.entries.find(({ rule }) => rule.name === name)!.key;

describe("the list", () => {
  it("is read with what each rule would have decided", () => {
    expect([names(book.rules), book.phase, book.tried?.held]).toEqual(["a b c", "ready", [0, 1, 2]]);
  });

  it("says why it can't be read, and is read again", async () => {
    const rules = vi.fn<() => Promise<Rule[]>>().mockRejectedValueOnce(FULL).mockResolvedValueOnce([named("a")]);
    const other = new RuleBook({ rules, tryRules: async () => Promise.reject(FULL) } as unknown as Backend, () => undefined);
    await other.load();
    expect([other.phase, other.trouble]).toEqual(["failed", "The disk is full."]);
    await other.load();
    expect([other.phase, names(other.rules), other.tried]).toEqual(["ready", "a", null]);
  });

  it("moves, copies, switches off and deletes, each stored as it is shown", async () => {
    expect(await book.move(key("c"), 0)).toBe(true);
    expect(names(stored)).toBe("c a b");
    await book.duplicate(key("a"));
    expect(names(stored)).toBe("c a a (copy) b");
    await book.turn(key("b"), false);
    expect(stored.map(({ off }) => off)).toEqual([false, false, false, true]);
    await book.delete(key("a"));
    expect(names(stored)).toBe("c a (copy) b");
    expect(names(book.rules)).toBe(names(stored));
  });

  it("goes nowhere beyond its ends", async () => {
    expect(await book.move(key("a"), -1)).toBe(false);
    expect(await book.move(key("c"), 3)).toBe(false);
    expect(names(book.rules)).toBe("a b c");
  });

  it("brings a deleted rule back to its place", async () => {
    await book.delete(key("b"));
    expect(book.deleted?.entry.rule.name).toBe("b");
    expect((await book.undo())?.rule.name).toBe("b");
    expect([names(stored), book.deleted]).toEqual(["a b c", null]);
  });

  it("falls back to what is stored where a change is refused, and says why", async () => {
    for (const refused of [FULL, [{ rule: 1, part: "text", test: null, message: "Unclosed." }] satisfies RuleFault[]]) {
      refusal = refused;
      const moved = book.move(key("c"), 0);
      expect(names(book.rules)).toBe("c a b");
      expect(await moved).toBe(false);
      expect(names(book.rules)).toBe("a b c");
    }
    refusal = FULL;
    await book.delete(key("a"));
    expect([names(book.rules), book.deleted]).toEqual(["a b c", null]);
    expect(said.map(({ message }) => message)).toEqual(["The disk is full.", "Rule 2, “a”: Unclosed.", "The disk is full."]);
  });

  it("stores changes in the order in which they were made", async () => {
    const moves = [book.move(key("a"), 2), book.turn(key("b"), false), book.move(key("c"), 0)];
    await Promise.all(moves);
    expect([names(stored), names(book.rules)]).toEqual(["c b a", "c b a"]);
    expect(stored[1]!.off).toBe(true);
  });
});

describe("a rule that was filled in", () => {
  it("is added at the end, or takes its place", async () => {
    const { key: added } = await book.put(null, named("d"));
    await book.put(key("a"), named("A"));
    expect([names(stored), book.at(added)]).toEqual(["A b c d", 3]);
  });

  it("that can't be used changes nothing", async () => {
    refusal = [{ rule: 3, part: "text", test: null, message: "Unclosed." }];
    const { faults } = await book.put(null, named("d"));
    expect([faults.length, names(book.rules), names(stored)]).toEqual([1, "a b c", "a b c"]);
    refusal = FULL;
    await expect(book.put(null, named("d"))).rejects.toEqual(FULL);
    expect([names(book.rules), said]).toEqual(["a b c", []]);
  });
});

describe("a rule that is dragged", () => {
  it("goes between those whose middles it passed", () => {
    const middles = [10, 30, 50];
    expect([5, 25, 45, 99].map((y) => placeAt(y, middles, 0))).toEqual([0, 0, 1, 2]);
    expect([5, 15, 45, 99].map((y) => placeAt(y, middles, 2))).toEqual([0, 1, 2, 2]);
  });

  it("is put down once, and not at all where it was taken up or let go of", () => {
    const drop = vi.fn();
    const dragging = new Dragging(drop);
    dragging.move(99);
    dragging.start(7, 0, [10, 30]);
    dragging.end();
    dragging.start(7, 0, [10, 30]);
    dragging.move(99);
    dragging.cancel();
    dragging.end();
    expect(drop).not.toHaveBeenCalled();
    dragging.start(7, 0, [10, 30]);
    dragging.move(40);
    expect(dragging.current).toEqual({ key: 7, from: 0, to: 1 });
    dragging.end();
    expect(drop.mock.calls).toEqual([[7, 1]]);
  });
});
