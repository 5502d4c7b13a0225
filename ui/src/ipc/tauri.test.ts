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

it("takes an answer that is handed back as a value apart", async () => {
  invoke.mockResolvedValueOnce({ status: "ok", data: { rows: [], more: false } });
  await expect(tauri.page(null, null, 10)).resolves.toEqual({ rows: [], more: false });
  invoke.mockResolvedValueOnce({ status: "error", error: LOCKED });
  await expect(tauri.page(null, null, 10)).rejects.toEqual(LOCKED);
});

it("makes a failure of anything else", async () => {
  for (const thrown of ["command not found", new Error("no bridge"), undefined, { odd: true }]) {
    invoke.mockRejectedValueOnce(thrown);
    await expect(tauri.pause(true)).rejects.toMatchObject({ code: "storage", field: null, message: expect.stringMatching(/unexpected/) });
  }
});

it("hears updates through the channel it attaches with", async () => {
  invoke.mockResolvedValue({ feeds: [], recent: [], paused: false, problems: [] });
  const heard = vi.fn();
  await tauri.attach(heard);
  const [command, { channel }] = invoke.mock.calls[0]!;
  expect(command).toBe("attach");
  channel.onmessage({ kind: "paused", paused: true });
  expect(heard).toHaveBeenCalledWith({ kind: "paused", paused: true });
});
