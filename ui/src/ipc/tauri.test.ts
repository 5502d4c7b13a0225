// Whatever the bridge throws, the window meets a failure of the contract.
import { beforeEach, expect, it, vi } from "vitest";

import type { Failure, Update } from "./bindings";

const invoke = vi.hoisted(() => vi.fn());
vi.mock("@tauri-apps/api/core", () => ({
  invoke,
  Channel: class {
    onmessage: (update: Update) => void = () => undefined;
  },
}));

const { tauri } = await import("./tauri");

beforeEach(() => {
  invoke.mockReset();
});

const LOCKED: Failure = { code: "keyring", field: null, message: "The keyring is locked." };

it("hands failures on as they are", async () => {
  invoke.mockRejectedValue(LOCKED);
  await expect(tauri.retryKeyring()).rejects.toEqual(LOCKED);
});

it("hands answers on as they are", async () => {
  invoke.mockResolvedValueOnce({ rows: [], more: false });
  await expect(tauri.page("f", "7", 10)).resolves.toEqual({ rows: [], more: false });
  expect(invoke).toHaveBeenCalledWith("page", { feed: "f", before: "7", limit: 10 });
});

it("makes a failure of anything else", async () => {
  for (const thrown of ["command not found", new Error("no bridge"), undefined, { odd: true }]) {
    invoke.mockRejectedValueOnce(thrown);
    await expect(tauri.pause(true)).rejects.toMatchObject({ code: "storage", field: null, message: expect.stringMatching(/unexpected/) });
  }
});

it("hears updates through the channel it attaches with", async () => {
  invoke.mockResolvedValue({ feeds: [], recent: [], paused: false, mute: { kind: "off" }, problems: [], works: [] });
  const heard = vi.fn();
  await tauri.attach(heard);
  const [command, { channel }] = invoke.mock.calls[0]!;
  expect(command).toBe("attach");
  channel.onmessage({ kind: "paused", paused: true });
  expect(heard).toHaveBeenCalledWith({ kind: "paused", paused: true });
});
