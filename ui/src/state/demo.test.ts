// The demo begins and ends by one call each, and is known by its addresses alone.
import { describe, expect, it } from "vitest";

import { addDemo, isDemo, removeDemo } from "./demo";
import type { Session } from "./session.svelte";
import { feed } from "./testing";

describe("the demo", () => {
  it("is known by its address", () => {
    expect(isDemo({ ...feed("a"), url: "tidings-demo:/ticker" })).toBe(true);
    expect(isDemo({ ...feed("a"), url: "https://example.org/tidings-demo:/ticker" })).toBe(false);
  });

  it("shows its feeds ahead of the update about them, and says when it is gone", async () => {
    const known: string[] = [];
    const said: (string | undefined)[] = [];
    const session = {
      backend: { addDemo: async () => [feed("a"), feed("b")], removeDemo: async () => undefined },
      know: ({ id }: { id: string }) => known.push(id),
      ask: async (asked: Promise<unknown>, done?: string) => (await asked, said.push(done), true),
    } as unknown as Session;
    expect(await addDemo(session)).toBe(true);
    expect(await removeDemo(session)).toBe(true);
    expect(known).toEqual(["a", "b"]);
    expect(said[0]).toBeUndefined();
    expect(said[1]).toContain("demo");
  });
});
