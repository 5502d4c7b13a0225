// A search shows what was asked for last, keeps it true to what is heard, and explains a slip in peace.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { EventRow, SearchAnswer } from "../ipc/bindings";
import { Finding, type Standpoint, termsOf } from "./finding.svelte";
import { page, row } from "./testing";

type Answer = (answer: SearchAnswer) => void;

const found = (rows: EventRow[], older: string | null = null, newer: string | null = null): SearchAnswer => ({ kind: "found", rows, older, newer });
const WRONG: SearchAnswer = { kind: "wrong", start: 0, end: 3, message: "“is:” has no value.", mend: "Write is:unread." };

let search: ReturnType<typeof vi.fn>;
let report: ReturnType<typeof vi.fn<Standpoint["report"]>>;
let feed: string | null;
let newest: string | null;
let finding: Finding;

const ids = () => finding.found?.history.rows.map(({ id }) => id).join(" ");
const settle = () => vi.advanceTimersByTimeAsync(0);

/** Has the engine answer when the test says so. */
function held(): Answer[] {
  const answers: Answer[] = [];
  search.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
  return answers;
}

beforeEach(() => {
  vi.useFakeTimers();
  search = vi.fn(async () => found(page(9, 7)));
  report = vi.fn<Standpoint["report"]>();
  [feed, newest] = [null, "9"];
  finding = new Finding({ search } as unknown as Backend, { feed: () => feed, newest: () => newest, report });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Searches and waits for the answer. */
async function searched(text: string): Promise<void> {
  finding.type(text);
  await finding.ask();
}

describe("typing", () => {
  it("asks once it pauses", async () => {
    for (const text of ["w", "wa", "wat"]) {
      finding.type(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(search).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(search.mock.calls).toEqual([["wat", null, { kind: "newest" }, "newest", 200]]);
    expect(ids()).toBe("7 8 9");
  });

  it("of nothing but blanks shows the whole list", async () => {
    await searched("water");
    finding.type("  ");
    expect(finding.found).toBeNull();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(search).toHaveBeenCalledTimes(1);
  });

  it("keeps what was found until the next answer is there", async () => {
    await searched("water");
    const answers = held();
    finding.type("water c");
    await vi.advanceTimersByTimeAsync(200);
    expect(finding.busy).toBe(true);
    expect(ids()).toBe("7 8 9");
    answers[0]!(found([row(8)]));
    await settle();
    expect(finding.busy).toBe(false);
    expect(ids()).toBe("8");
  });
});

describe("answers", () => {
  it("to an earlier question are not taken, in whatever order they come", async () => {
    const answers = held();
    finding.typed = "one";
    void finding.ask();
    finding.typed = "two";
    void finding.ask();
    answers[1]!(found([row(2)]));
    await settle();
    answers[0]!(found([row(1)]));
    await settle();
    expect(ids()).toBe("2");
    expect(finding.found?.text).toBe("two");
  });

  it("after the search was cleared are not taken", async () => {
    const answers = held();
    finding.typed = "one";
    void finding.ask();
    finding.clear();
    answers[0]!(found([row(1)]));
    await settle();
    expect(finding.found).toBeNull();
    expect(finding.busy).toBe(false);
  });

  it("without rows are gone on from while there is a way", async () => {
    search.mockResolvedValueOnce(found([], "500")).mockResolvedValueOnce(found([], "100")).mockResolvedValueOnce(found([row(3)]));
    await searched("rare");
    expect(search.mock.calls.map((call) => call[2])).toEqual([{ kind: "newest" }, { kind: "older", id: "500" }, { kind: "older", id: "100" }]);
    expect(ids()).toBe("3");
  });

  it("know of what was heard while they were on their way", async () => {
    const answers = held();
    finding.typed = "water";
    const asked = finding.ask();
    finding.follow([
      { kind: "read", scope: { kind: "event", id: "8" }, read: true },
      { kind: "deleted", scope: { kind: "event", id: "9" }, until: "9" },
    ]);
    answers[0]!(found(page(9, 7)));
    await asked;
    expect(ids()).toBe("7 8");
    expect(finding.found?.history.rows[1]?.read).toBe(true);
  });
});

describe("a slip", () => {
  it("is not called one while it is being typed", async () => {
    search.mockResolvedValue(WRONG);
    finding.type("is:");
    await vi.advanceTimersByTimeAsync(500);
    expect(finding.wrong).toBeNull();
    search.mockResolvedValue(found([row(1)]));
    finding.type("is:unread");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(finding.wrong).toBeNull();
  });

  it("is explained after a pause, with its word, and leaves what was found", async () => {
    await searched("water");
    search.mockResolvedValue(WRONG);
    finding.type("is: water");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(finding.wrong).toEqual({ start: 0, end: 3, word: "is:", message: "“is:” has no value.", mend: "Write is:unread." });
    expect(ids()).toBe("7 8 9");
  });

  it("is explained at once where it was asked for", async () => {
    search.mockResolvedValue(WRONG);
    await searched("is:");
    expect(finding.wrong?.word).toBe("is:");
    finding.type("is:u");
    expect(finding.wrong).toBeNull();
  });

  it("is marked at its place behind characters that are two halves", async () => {
    search.mockResolvedValue({ ...WRONG, start: 4, end: 7 });
    await searched(" 🎉🎉 is:");
    expect(search.mock.lastCall![0]).toBe(" 🎉🎉 is:");
    expect(finding.wrong).toMatchObject({ word: "is:", start: 6, end: 9 });
  });

  it("of the engine is told below the box, and nothing of another feed stays", async () => {
    await searched("water");
    search.mockRejectedValue({ code: "storage", field: null, message: "The history can’t be read." });
    await finding.ask();
    expect(finding.wrong?.message).toBe("The history can’t be read.");
    expect(ids()).toBe("7 8 9");
    feed = "g";
    finding.moved();
    await settle();
    expect(finding.found).toBeNull();
  });
});

describe("older events", () => {
  it("are asked for from where the answer ended", async () => {
    search.mockResolvedValueOnce(found(page(9, 7), "7"));
    await searched("water");
    expect(finding.found?.history.more).toBe(true);
    search.mockResolvedValueOnce(found([row(2)]));
    await finding.loadOlder();
    expect(search.mock.lastCall).toEqual(["water", null, { kind: "older", id: "7" }, "newest", 200]);
    expect(ids()).toBe("2 7 8 9");
    await finding.loadOlder();
    expect(search).toHaveBeenCalledTimes(2);
  });

  it("of an earlier question are not taken", async () => {
    search.mockResolvedValueOnce(found(page(9, 7), "7"));
    await searched("water");
    const answers = held();
    const older = finding.loadOlder();
    finding.typed = "fire";
    void finding.ask();
    answers[1]!(found([row(5)]));
    await settle();
    answers[0]!(found([row(2)]));
    await older;
    expect(ids()).toBe("5");
    expect(finding.older).toBe("idle");
  });

  it("that can't be loaded are told and can be asked for again", async () => {
    search.mockResolvedValueOnce(found(page(9, 7), "7"));
    await searched("water");
    search.mockRejectedValueOnce({ code: "storage", field: null, message: "The disk is gone." });
    await finding.loadOlder();
    expect(finding.older).toBe("failed");
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: "The disk is gone." }));
    search.mockResolvedValueOnce(found([row(2)]));
    await finding.loadOlder();
    expect(ids()).toBe("2 7 8 9");
  });
});

describe("what arrives", () => {
  it("is looked through above what is known, at most once a second", async () => {
    await searched("water");
    search.mockResolvedValue(found([row(12)]));
    for (const id of [10, 11, 12]) finding.follow([{ kind: "arrived", rows: [row(id)] }]);
    newest = "12";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(search).toHaveBeenCalledTimes(2);
    expect(search.mock.lastCall![2]).toEqual({ kind: "newer", id: "9" });
    expect(ids()).toBe("7 8 9 12");
    finding.follow([{ kind: "arrived", rows: [row(13)] }]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(search.mock.lastCall![2]).toEqual({ kind: "newer", id: "12" });
  });

  it("is looked through to its end", async () => {
    await searched("water");
    search.mockResolvedValueOnce(found([row(300)], null, "300")).mockResolvedValueOnce(found([row(500)]));
    finding.follow([{ kind: "arrived", rows: [row(500)] }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(search.mock.lastCall![2]).toEqual({ kind: "newer", id: "300" });
    expect(ids()).toBe("7 8 9 300 500");
  });

  it("is nothing to look through without a search", async () => {
    finding.follow([{ kind: "arrived", rows: [row(10)] }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(search).not.toHaveBeenCalled();
  });
});

it("follows what is heard of the events that were found", async () => {
  await searched("water");
  finding.follow([
    { kind: "starred", id: "8", starred: true },
    { kind: "read", scope: { kind: "all" }, read: true },
    { kind: "deleted", scope: { kind: "event", id: "7" }, until: "9" },
  ]);
  expect(finding.found?.history.rows.map(({ id, starred, read }) => [id, starred, read])).toEqual([["8", true, true], ["9", false, true]]);
  finding.restore([row(7)]);
  expect(ids()).toBe("7 8 9");
  finding.follow([{ kind: "feedRemoved", feed: "f" }]);
  expect(ids()).toBe("");
});

it("asks again in the feed that is looked at", async () => {
  await searched("water");
  feed = "g";
  finding.moved();
  await settle();
  expect(search.mock.lastCall!.slice(0, 2)).toEqual(["water", "g"]);
  finding.clear();
  finding.moved();
  expect(search).toHaveBeenCalledTimes(2);
});

describe("a quick filter", () => {
  it("is put behind what is typed and taken out again", async () => {
    finding.typed = 'water "is:starred" IS:unread';
    expect([finding.has("is:starred"), finding.has("is:unread")]).toEqual([false, true]);
    finding.toggle("is:starred");
    expect(finding.typed).toBe('water "is:starred" IS:unread is:starred');
    finding.toggle("is:unread");
    finding.toggle("is:starred");
    expect(finding.typed).toBe('water "is:starred"');
    await settle();
    expect(search.mock.lastCall![0]).toBe('water "is:starred"');
  });

  it("alone is a search, and none without it", async () => {
    finding.toggle("is:starred");
    await settle();
    expect(finding.found?.text).toBe("is:starred");
    finding.toggle("is:starred");
    expect(finding.found).toBeNull();
  });
});

it("splits a text into terms as it is written", () => {
  expect(termsOf('feed:"home sensors"  -x "open end')).toEqual(['feed:"home sensors"', "-x", '"open end']);
  expect(termsOf("  ")).toEqual([]);
});
