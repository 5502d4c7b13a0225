// The session attaches without losing anything, shows what is asked for and says what failed.
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { Failure, Page, Snapshot, Update } from "../ipc/bindings";
import { Session } from "./session.svelte";
import { UNKNOWN } from "./world";
import { feed, page, row } from "./testing";

const GONE: Failure = { code: "gone", field: null, message: "This event has been deleted." };

let hear: (update: Update) => void;
let backend: { [Command in keyof Backend]: ReturnType<typeof vi.fn> };
let session: Session;

const snapshot = (): Snapshot => ({ feeds: [feed("f"), feed("g")], recent: [row(6, { feed: "g" }), ...page(5, 3)], paused: false, mute: { kind: "off" }, window: UNKNOWN.window, problems: [], works: [] });
const frame = () => vi.waitFor(() => expect(flushed).toBe(true));
let flushed = true;

/** Sends updates and waits until they were taken. */
async function told(...updates: Update[]): Promise<void> {
  flushed = false;
  for (const update of updates) hear(update);
  requestAnimationFrame(() => (flushed = true));
  await frame();
}

beforeEach(async () => {
  const names = ["addFeed", "editFeed", "removeFeed", "enableFeed", "probe", "page", "event", "markRead", "search", "searches", "setSearches", "star", "delete", "undo", "exportEvents", "pause", "reconnect", "retryKeyring", "openLink"] as const;
  backend = {
    ...(Object.fromEntries(names.map((name) => [name, vi.fn(async () => undefined)])) as unknown as typeof backend),
    attach: vi.fn(async (listener: typeof hear) => {
      hear = listener;
      return snapshot();
    }),
  };
  backend.searches.mockImplementation(async () => []);
  backend.event.mockImplementation(async (id: string) => ({ row: row(id, { body: "whole" }), data: "{}", lastEventId: "" }));
  session = new Session(backend as unknown as Backend);
  await session.start();
});

describe("attaching", () => {
  it("applies what was heard before the snapshot came after it", async () => {
    backend.attach.mockImplementation(async (listener: typeof hear) => {
      listener({ kind: "arrived", rows: [row(7)] });
      await new Promise((resolve) => setTimeout(resolve, 60));
      return snapshot();
    });
    session = new Session(backend as unknown as Backend);
    await session.start();
    await vi.waitFor(() => expect(session.history.rows.at(-1)?.id).toBe("7"));
    expect(session.history.rows[0]?.id).toBe("3");
  });

  it.each(["is late", "fails"])("begins with everything that an engine started meanwhile tells, where the answer %s", async (answer) => {
    backend.attach.mockImplementation(async (listener: typeof hear) => {
      listener({ kind: "arrived", rows: [row(7)] });
      listener({ kind: "snapshot", snapshot: { ...snapshot(), recent: [row(9), row(8)] } });
      listener({ kind: "arrived", rows: [row(10)] });
      await new Promise((resolve) => setTimeout(resolve, 60));
      if (answer === "fails") throw { code: "storage", field: null, message: "It has ended." } satisfies Failure;
      return snapshot();
    });
    session = new Session(backend as unknown as Backend);
    await session.start();
    expect(session.phase).toBe("ready");
    expect(session.history.rows.map(({ id }) => id)).toEqual(["8", "9", "10"]);
  });

  it("says why it failed and can be tried again", async () => {
    backend.attach.mockRejectedValueOnce({ code: "storage", field: null, message: "The history can’t be opened." });
    session = new Session(backend as unknown as Backend);
    await session.start();
    expect(session.phase).toBe("failed");
    expect(session.trouble).toBe("The history can’t be opened.");
    await session.start();
    expect(session.phase).toBe("ready");
  });
});

describe("older events", () => {
  it("are asked for below the oldest one of the feed that is looked at", async () => {
    backend.page.mockResolvedValue({ rows: page(2, 1), more: false } satisfies Page);
    session.look("f");
    await session.loadOlder();
    expect(backend.page).toHaveBeenCalledWith("f", "3", 200);
    expect(session.history.rows.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
    await session.loadOlder();
    expect(backend.page).toHaveBeenCalledTimes(1);
  });

  it("don't end up in the list of another feed", async () => {
    let answer: (page: Page) => void = () => undefined;
    backend.page.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const loading = session.loadOlder();
    session.look("g");
    answer({ rows: page(2, 1), more: false });
    await loading;
    expect(session.history.rows.map(({ id }) => id)).toEqual(["6"]);
    expect(session.history.more).toBe(true);
  });

  it("say that they could not be loaded", async () => {
    backend.page.mockRejectedValue({ code: "storage", field: null, message: "The disk is gone." });
    await session.loadOlder();
    expect(session.older).toBe("failed");
    expect(session.notices.current).toEqual({ text: "The disk is gone.", tone: "failed" });
  });
});

describe("the chosen event", () => {
  it("is shown at once, then whole, and marked read", async () => {
    session.read("5");
    expect(session.reading.row?.title).toBe("event 5");
    expect(backend.markRead).toHaveBeenCalledWith({ kind: "event", id: "5" }, true);
    await vi.waitFor(() => expect(session.reading.detail?.row.body).toBe("whole"));
  });

  it("is not marked read while it is only passed", async () => {
    session.read("5", true);
    session.read("4", true);
    await vi.waitFor(() => expect(backend.event).toHaveBeenCalled());
    expect(backend.event.mock.calls).toEqual([["4"]]);
    expect(backend.markRead).not.toHaveBeenCalled();
  });

  it("follows what is heard of it, loaded or not", async () => {
    session.read("5");
    await told({ kind: "read", scope: { kind: "all" }, read: true });
    expect(session.reading.row?.read).toBe(true);
    session.read("1");
    await vi.waitFor(() => expect(session.reading.row?.id).toBe("1"));
    await told({ kind: "read", scope: { kind: "event", id: "1" }, read: true });
    expect(session.reading.row?.read).toBe(true);
    await told({ kind: "read", scope: { kind: "feed", feed: "f" }, read: false });
    expect(session.reading.row?.read).toBe(false);
  });

  it("goes with its feed", async () => {
    session.read("5");
    await told({ kind: "feedRemoved", feed: "f" });
    expect(session.reading.id).toBeNull();
  });

  it("says when it is gone", async () => {
    backend.event.mockRejectedValue(GONE);
    session.read("77");
    await vi.waitFor(() => expect(session.notices.current?.text).toBe(GONE.message));
    expect(session.reading.id).toBeNull();
  });

  it("is not replaced by the late answer about another one", async () => {
    let late: (detail: unknown) => void = () => undefined;
    backend.event.mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    session.read("5");
    session.read("4");
    await vi.waitFor(() => expect(session.reading.detail?.row.id).toBe("4"));
    late({ row: row(5), data: "", lastEventId: "" });
    await Promise.resolve();
    expect(session.reading.detail?.row.id).toBe("4");
  });
});

describe("a clicked popup", () => {
  it("shows its event, in the list of all where another feed was looked at", async () => {
    session.look("g");
    await told({ kind: "open", event: "5" });
    expect(session.feed).toBeNull();
    expect(session.reading.id).toBe("5");
    expect(session.summons).toBe(1);
  });

  it("leaves the feed that is looked at where the event is in it", async () => {
    session.look("f");
    await told({ kind: "open", event: "5" });
    expect(session.feed?.id).toBe("f");
  });

  it("for just the window changes nothing", async () => {
    session.read("4");
    await told({ kind: "open", event: null });
    expect(session.reading.id).toBe("4");
  });
});

it("takes a thousand updates in one go", async () => {
  await told(...Array.from({ length: 1000 }, (_, index): Update => ({ kind: "arrived", rows: [row(10 + index)] })));
  expect(session.history.rows).toHaveLength(1004);
});

it("says what failed, and that it did", async () => {
  backend.pause.mockRejectedValue(new Error("bridge is down"));
  expect(await session.ask(session.backend.pause(true))).toBe(false);
  expect(session.notices.current?.text).toContain("bridge is down");
});

describe("a deletion", () => {
  const ids = () => session.history.rows.map(({ id }) => id).join(" ");

  beforeEach(() => {
    backend.delete.mockResolvedValue({ number: 7, events: 1 });
  });

  it("is offered to be undone and brings the event back to its place, however far down", async () => {
    backend.page.mockResolvedValue({ rows: page(2, 1), more: false } satisfies Page);
    await session.loadOlder();
    await session.deleteRows([row(2, { title: "gone" })]);
    await told({ kind: "deleted", scope: { kind: "event", id: "2" }, until: "6" });
    expect(ids()).toBe("1 3 4 5 6");
    expect(session.bin.last?.text).toBe("Deleted “gone”.");
    await session.undo();
    expect(backend.undo).toHaveBeenCalledWith(7);
    expect(ids()).toBe("1 2 3 4 5 6");
    expect(session.bin.last).toBeNull();
  });

  it("of a feed's events brings them back while another feed is looked at", async () => {
    session.look("f");
    backend.delete.mockResolvedValue({ number: 8, events: 1200 });
    await session.empty(session.feedOf("f")!);
    await told({ kind: "deleted", scope: { kind: "feed", feed: "f" }, until: "6" });
    expect(ids()).toBe("");
    expect(session.bin.last?.text).toBe("Cleared “f”: 1,200 events deleted.");
    session.look("g");
    await session.undo();
    expect(ids()).toBe("6");
    session.look(null);
    expect(ids()).toBe("3 4 5 6");
    expect(session.history.more).toBe(true);
  });

  it("that failed is told and offers nothing", async () => {
    backend.delete.mockRejectedValue(GONE);
    await session.deleteRows([row(5)]);
    expect(session.notices.current?.text).toBe(GONE.message);
    expect(session.bin.last).toBeNull();
  });

  it("that can't be undone any more says so and brings nothing back", async () => {
    await session.deleteRows([row(5)]);
    await told({ kind: "deleted", scope: { kind: "event", id: "5" }, until: "6" });
    backend.undo.mockRejectedValue({ code: "gone", field: null, message: "It is too late." });
    await session.undo();
    expect(session.notices.current).toEqual({ text: "It is too late.", tone: "failed" });
    expect(ids()).toBe("3 4 6");
  });

  it("lets go of the chosen event, loaded or not", async () => {
    session.read("5");
    await told({ kind: "deleted", scope: { kind: "event", id: "5" }, until: "6" });
    expect(session.reading.id).toBeNull();
    session.read("1");
    await vi.waitFor(() => expect(session.reading.row?.id).toBe("1"));
    await told({ kind: "deleted", scope: { kind: "feed", feed: "f" }, until: "0" });
    expect(session.reading.id).toBe("1");
    await told({ kind: "deleted", scope: { kind: "feed", feed: "f" }, until: "6" });
    expect(session.reading.id).toBeNull();
  });
});

describe("a search", () => {
  beforeEach(async () => {
    backend.search.mockResolvedValue({ kind: "found", rows: [row(5), row(2)], older: "2", newer: null });
    session.finding.typed = "water";
    await session.finding.ask();
  });

  it("is what the list shows and loads more of", async () => {
    expect(session.history.rows.map(({ id }) => id)).toEqual(["2", "5"]);
    await session.loadOlder();
    expect(backend.page).not.toHaveBeenCalled();
    expect(backend.search).toHaveBeenLastCalledWith("water", null, { kind: "older", id: "2" }, "newest", 200);
  });

  it("gives its events to be read, also where the whole list has not loaded them", () => {
    session.read("2");
    expect(session.reading.row?.title).toBe("event 2");
  });

  it("goes when a popup is clicked", async () => {
    await told({ kind: "open", event: "4" });
    expect(session.finding.typed).toBe("");
    expect(session.history.rows.map(({ id }) => id)).toEqual(["3", "4", "5", "6"]);
  });

  it("is another list in another feed, and the same one when its events change", async () => {
    const before = session.shown;
    await told({ kind: "read", scope: { kind: "all" }, read: true });
    expect(session.shown).toBe(before);
    session.look("f");
    await vi.waitFor(() => expect(session.shown).not.toBe(before));
  });

  it("goes on in all feeds where the feed that is looked at goes", async () => {
    session.look("g");
    await told({ kind: "feedRemoved", feed: "g" });
    await vi.waitFor(() => expect(backend.search).toHaveBeenLastCalledWith("water", null, { kind: "newest" }, "newest", 200));
    expect(session.history.feed).toBeNull();
  });

  it("shows an event again that was found, deleted and brought back", async () => {
    backend.delete.mockResolvedValue({ number: 9, events: 1 });
    await session.deleteRows([row(2)]);
    await told({ kind: "deleted", scope: { kind: "event", id: "2" }, until: "6" });
    expect(session.history.rows.map(({ id }) => id)).toEqual(["5"]);
    await session.undo();
    expect(session.history.rows.map(({ id }) => id)).toEqual(["2", "5"]);
  });

  it("is what an export writes", async () => {
    backend.exportEvents.mockResolvedValue({ path: "/tmp/found.csv", events: 2 });
    session.finding.typed = "water is:";
    expect(await session.export("csv")).toBe(true);
    expect(backend.exportEvents).toHaveBeenCalledWith("water", null, "csv");
    expect(session.notices.current?.text).toBe("Exported 2 events to /tmp/found.csv");
  });
});

it("an export that was cancelled says nothing", async () => {
  backend.exportEvents.mockResolvedValue(null);
  session.look("f");
  expect(await session.export("jsonLines")).toBe(false);
  expect(backend.exportEvents).toHaveBeenCalledWith("", "f", "jsonLines");
  expect(session.notices.current).toBeNull();
});

it("a star is told to those who hear the window", async () => {
  session.read("1");
  await vi.waitFor(() => expect(session.reading.row?.id).toBe("1"));
  await session.star(session.reading.row!);
  expect(backend.star).toHaveBeenCalledWith("1", true);
  expect(session.notices.aside).toBe("Starred.");
  await told({ kind: "starred", id: "1", starred: true });
  expect(session.reading.row?.starred).toBe(true);
});
