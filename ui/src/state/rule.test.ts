// A rule survives the way through its fields, what is wrong is said where it stands, and a trial never shows old numbers.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { Rule, Trial } from "../ipc/bindings";
import { BLANK, Rehearsing, ruleFor, RuleForm } from "./rule.svelte";
import { row } from "./testing";

const name = (id: string) => ({ f: "Deploys", g: "Backups" })[id] ?? "?";

const FULL: Rule = {
  name: "Everything",
  off: true,
  when: {
    feeds: ["f", "gone"],
    types: ["deploy", "a, b"],
    text: "fail|error",
    json: [{ path: "a.b[0]", is: "greater", value: "12.5" }, { path: "note", is: "equal", value: "" }],
    atLeast: "low",
    atMost: "urgent",
    hours: { from: "22:00", to: "07:00:30", days: ["fri", "sat"] },
  },
  then: { popup: true, stays: true, priority: "high", sound: "bell", read: true, star: true },
};

describe("a rule in its fields", () => {
  it("comes back as it was, all of it or nothing of it", () => {
    for (const rule of [FULL, { ...BLANK, name: "Nothing" }, { ...FULL, then: { ...BLANK.then, popup: false } }]) {
      expect(new RuleForm(rule).rule(name)).toEqual(rule);
    }
  });

  it("is named after what it is about where nobody named it", () => {
    const named = (when: Partial<Rule["when"]>) => new RuleForm({ ...BLANK, when: { ...BLANK.when, ...when } }).rule(name).name;
    expect(named({})).toBe("All events");
    expect(named({ feeds: ["f"], types: ["deploy"], text: "x" })).toBe("From Deploys, of type “deploy”");
  });

  it("counts the type that is still being written, and lines that were left empty not at all", () => {
    const form = new RuleForm(BLANK);
    form.type = " deploy ";
    form.addTest();
    expect(form.rule(name).when).toEqual({ ...BLANK.when, types: ["deploy"] });
    form.addType();
    form.addType("deploy");
    expect([form.types, form.type]).toEqual([["deploy"], ""]);
  });

  it("sends no sound and no lasting popup where there is none", () => {
    const form = new RuleForm(FULL);
    form.popup = "store";
    expect(form.rule(name).then).toEqual({ ...FULL.then, popup: false, stays: false, sound: null });
  });

  it("is about one feed only where exactly one is chosen", () => {
    const form = new RuleForm({ ...BLANK, when: { ...BLANK.when, feeds: ["f"] } });
    expect(form.feed).toBe("f");
    form.feeds.push("g");
    expect(form.feed).toBeNull();
    form.anyFeed = true;
    expect([form.feed, form.rule(name).when.feeds]).toEqual([null, []]);
  });
});

it("is begun from an event", () => {
  expect(ruleFor(row(1, { feed: "f", eventType: "deploy" })).when).toEqual({ ...BLANK.when, feeds: ["f"], types: ["deploy"] });
  const value = { path: "order.total", value: "12.5" };
  expect(ruleFor(row(1, { feed: "f", eventType: "deploy" }), value).when).toEqual({ ...BLANK.when, feeds: ["f"], json: [{ is: "equal", ...value }] });
});

describe("what is wrong with a rule", () => {
  it("is known before it is sent where it can be", () => {
    const form = new RuleForm(FULL);
    expect(form.check()).toBe(true);
    form.feeds = [];
    form.hours.from = "";
    expect(form.check()).toBe(false);
    expect(Object.keys(form.errors)).toEqual(["feeds", "from"]);
    form.forget("feeds", "from");
    expect(form.errors).toEqual({});
  });

  it("is said at its field, the comparison by its own line", () => {
    const form = new RuleForm(FULL);
    form.removeTest(form.tests[0]!.key);
    form.addTest();
    form.addTest("a..b");
    form.take([{ rule: 2, part: "json", test: 1, message: "The path is wrong." }, { rule: 2, part: "text", test: null, message: "Unclosed." }], 2, []);
    expect(form.errors).toEqual({ [`test${form.tests[2]!.key}`]: "The path is wrong.", text: "Unclosed." });
    expect(form.failure).toBeNull();
  });

  it("is said for the whole where another rule or the list is wrong", () => {
    const form = new RuleForm(FULL);
    form.take([{ rule: 0, part: "sound", test: null, message: "No file." }], 2, ["Old"]);
    expect(form.failure).toBe("Rule 1, “Old”: No file.");
    form.take([{ rule: 2, part: "list", test: null, message: "Too many." }], 2, ["", "", "Mine"]);
    expect([form.failure, form.errors]).toEqual(["Rule 3, “Mine”: Too many.", {}]);
  });
});

describe("a trial", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const tried = (held: number[], popups: number): Trial => ({ kind: "tried", of: 200, popups, held });

  it("compares with the list as it is, once typing pauses", async () => {
    const tryRules = vi.fn(async (rules: Rule[]) => (rules.length === 1 ? tried([3], 52) : tried([3, 12], 40)));
    const rehearsing = new Rehearsing({ tryRules } as unknown as Backend);
    for (const text of ["f", "fa", "fai"]) rehearsing.soon([FULL], [FULL, { ...FULL, when: { ...FULL.when, text } }], 1, "f");
    await vi.advanceTimersByTimeAsync(300);
    expect(tryRules).toHaveBeenCalledTimes(2);
    expect(rehearsing.outcome).toEqual({ of: 200, held: 12, popups: 40, before: 52 });
  });

  it("says what keeps it from being tried, of the edited rule first", async () => {
    const faults = [{ rule: 0, part: "text", test: null, message: "Another." }, { rule: 1, part: "text", test: null, message: "Mine." }] as const;
    const rehearsing = new Rehearsing({ tryRules: async () => ({ kind: "wrong", faults }) } as unknown as Backend);
    rehearsing.soon([FULL], [FULL, FULL], 1, null);
    await vi.advanceTimersByTimeAsync(300);
    expect([rehearsing.trouble, rehearsing.outcome]).toEqual(["Mine.", null]);
  });

  it("drops an answer about what is filled in no longer", async () => {
    const answers: ((trial: Trial) => void)[] = [];
    const rehearsing = new Rehearsing({ tryRules: () => new Promise<Trial>((resolve) => answers.push(resolve)) } as unknown as Backend);
    for (let turn = 0; turn < 2; turn++) {
      rehearsing.soon([], [FULL], 0, null);
      await vi.advanceTimersByTimeAsync(300);
    }
    answers.slice(2).forEach((answer) => answer(tried([7], 7)));
    await vi.advanceTimersByTimeAsync(0);
    answers.slice(0, 2).forEach((answer) => answer(tried([1], 1)));
    await vi.advanceTimersByTimeAsync(0);
    expect(rehearsing.outcome?.held).toBe(7);
  });

  it("offers what the chosen feed sent, not what another one did", async () => {
    const answers = new Map<string | null, (types: string[]) => void>();
    const seen = (feed: string | null) => new Promise((resolve) => answers.set(feed, (types) => resolve({ types, values: [] })));
    const rehearsing = new Rehearsing({ seen } as unknown as Backend);
    void rehearsing.look("f");
    void rehearsing.look("g");
    answers.get("g")!(["backup"]);
    answers.get("f")!(["deploy"]);
    await vi.advanceTimersByTimeAsync(0);
    expect(rehearsing.seen.types).toEqual(["backup"]);
  });
});
