// Which proxy is sent, and when its stored password stays.
import { describe, expect, it } from "vitest";

import { ProxyForm } from "./proxy.svelte";

const KEPT = { kind: "url", url: "http://proxy:3128", username: "mira" } as const;

describe("the proxy", () => {
  it("is the system's where nothing is stored, and needs no address then", () => {
    const form = new ProxyForm(null);
    expect(form.proxyDraft()).toEqual({ kind: "system" });
    form.proxyUrl = "left over";
    form.proxy = "none";
    expect(form.proxyDraft()).toEqual({ kind: "none" });
  });

  it("keeps its password while address and user stay the same", () => {
    const form = new ProxyForm(KEPT);
    expect(form.proxyDraft()).toEqual({ ...KEPT, password: null });
    form.proxyPassword = "other";
    expect(form.proxyDraft()).toMatchObject({ password: "other" });
  });

  it("sends no stored password to another address", () => {
    const form = new ProxyForm(KEPT);
    form.proxyUrl = "http://elsewhere:3128";
    expect(form.proxyPasswordKept).toBe(false);
    expect(form.proxyDraft()).toMatchObject({ password: "" });
  });
});
