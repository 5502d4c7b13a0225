// What stands for a feed: one thing at a time, and what was there until something else is taken.
import { describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { Failure, Picture } from "../ipc/bindings";
import { IconForm } from "./icon.svelte";

const PICTURE: Picture = { name: "0a", url: "data:image/png;base64,AA==" };

function form(choosePicture: () => Promise<Picture | null>, icon: ConstructorParameters<typeof IconForm>[1] = { kind: "none" }): IconForm {
  return new IconForm({ choosePicture: vi.fn(choosePicture) } as Partial<Backend> as Backend, icon);
}

describe("a feed's icon", () => {
  it("is drafted as it was", () => {
    const none = async () => null;
    expect(form(none).draft()).toEqual({ kind: "none" });
    expect(form(none, { kind: "emoji", emoji: "🔔" }).draft()).toEqual({ kind: "emoji", emoji: "🔔" });
    expect(form(none, { kind: "picture", picture: PICTURE }).draft()).toEqual({ kind: "picture", name: "0a" });
  });

  it("is a picture or an emoji, whichever came last", async () => {
    const icon = form(async () => PICTURE, { kind: "emoji", emoji: "🔔" });
    expect(await icon.choose()).toBeNull();
    expect(icon.draft()).toEqual({ kind: "picture", name: "0a" });
    icon.type(" ");
    expect(icon.draft()).toEqual({ kind: "picture", name: "0a" });
    icon.type(" 🐙 ");
    expect(icon.draft()).toEqual({ kind: "emoji", emoji: "🐙" });
    icon.remove();
    expect([icon.isSet, icon.draft()]).toEqual([false, { kind: "none" }]);
  });

  it("stays where the person chooses none, or what is no picture", async () => {
    const failure: Failure = { code: "invalid", field: "icon", message: "No picture." };
    const answers = [async () => null, () => Promise.reject(failure)];
    const icon = form(() => answers.shift()!(), { kind: "emoji", emoji: "🔔" });
    expect(await icon.choose()).toBeNull();
    expect(await icon.choose()).toEqual(failure);
    expect([icon.draft(), icon.busy]).toEqual([{ kind: "emoji", emoji: "🔔" }, false]);
  });
});
