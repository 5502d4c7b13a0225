// The demo begins and ends by one call each, and is known by its addresses alone.
import { describe, expect, it, vi } from "vitest";

import { Bin } from "./bin.svelte";
import { addDemo, isDemo, removeDemo } from "./demo";
import type { Session } from "./session.svelte";
import { feed } from "./testing";

describe("the demo", () => {
  it("is known by its address", () => {
    expect(isDemo({ ...feed("a"), url: "tidings-demo:/ticker" })).toBe(true);
    expect(isDemo({ ...feed("a"), url: "https://example.org/tidings-demo:/ticker" })).toBe(false);
  });

  function session(known: string[], fails = false): Session {
    return {
      backend: { addDemo: async () => [feed("a"), feed("b")], removeDemo: async () => undefined },
      know: ({ id }: { id: string }) => known.push(id),
      ask: async (asked: Promise<unknown>) => (await asked, !fails),
      bin: new Bin(),
    } as unknown as Session;
  }

  it("shows its feeds ahead of the update about them", async () => {
    const known: string[] = [];
    expect(await addDemo(session(known))).toBe(true);
    expect(known).toEqual(["a", "b"]);
  });

  it("is brought back by an undo, which is offered where it went", async () => {
    const known: string[] = [];
    const fails = session(known, true);
    expect(await removeDemo(fails)).toBe(false);
    expect(fails.bin.last).toBe(null);
    const works = session(known);
    expect(await removeDemo(works)).toBe(true);
    const last = works.bin.take();
    expect([last?.numbers, last?.text]).toEqual([[], "Removed the demo."]);
    last?.restore();
    await vi.waitFor(() => expect(known).toEqual(["a", "b"]));
  });
});
