// What is filled in about the connection becomes the draft that is meant.
import { describe, expect, it } from "vitest";

import { ConnectionForm } from "./connection.svelte";
import { ORDINARY } from "./testing";

const PROXY = { kind: "url", url: "socks5h://proxy:1080", username: "mira" } as const;

describe("an ordinary feed", () => {
  it("sets nothing", () => {
    for (const form of [new ConnectionForm(null), new ConnectionForm(ORDINARY)]) {
      expect(form.draft()).toMatchObject({ method: "", body: "", authority: "", clientCertificate: "", clientKey: "", pin: "", proxy: { kind: "system" }, silenceSeconds: null });
      expect([form.set, form.hasSecrets]).toEqual([[], false]);
    }
  });
});

describe("what is set", () => {
  it("is drafted again as it was, with its secrets kept", () => {
    const form = new ConnectionForm({ ...ORDINARY, method: "REPORT", body: true, authority: true, clientCertificate: true, pin: "sha256/x", proxy: PROXY, longestWaitSeconds: 60 });
    expect(form.draft()).toEqual({
      method: "REPORT",
      body: null,
      authority: null,
      clientCertificate: null,
      clientKey: null,
      pin: "sha256/x",
      proxy: { ...PROXY, password: null },
      silenceSeconds: null,
      longestWaitSeconds: 60,
    });
    expect(form.methods).toContain("REPORT");
    expect(form.set).toEqual(["REPORT", "own authority", "pinned key", "client certificate", "own proxy", "own times"]);
    expect(form.hasSecrets).toBe(true);
  });

  it("takes the key along when the client certificate goes", () => {
    const form = new ConnectionForm({ ...ORDINARY, clientCertificate: true });
    form.clientCertificate.show("removed");
    expect(form.draft()).toMatchObject({ clientCertificate: "", clientKey: "" });
    expect(form.hasSecrets).toBe(false);
  });

  it("lends a proxy's password to no other proxy and no other user", () => {
    const form = new ConnectionForm({ ...ORDINARY, proxy: PROXY });
    form.proxyUrl = "http://other";
    expect(form.draft().proxy).toMatchObject({ password: "" });
    form.proxyUrl = PROXY.url;
    form.proxyUsername = "ana";
    expect(form.draft().proxy).toMatchObject({ password: "" });
    form.proxyPassword = "p";
    expect(form.draft().proxy).toMatchObject({ username: "ana", password: "p" });
  });
});

describe("what is filled in", () => {
  it("has a body only where the method takes one", () => {
    const form = new ConnectionForm(null);
    form.method = "POST";
    form.body.value = "{}";
    expect(form.draft()).toMatchObject({ method: "POST", body: "{}" });
    form.method = "GET";
    expect(form.draft()).toMatchObject({ method: "", body: "" });
  });

  it("has whole seconds or none", () => {
    const form = new ConnectionForm(null);
    for (const [typed, meant] of [["", null], [" 90 ", 90], ["0", 0]] as const) {
      form.silence = typed;
      expect([form.draft().silenceSeconds, form.faults()]).toEqual([meant, {}]);
    }
    for (const typed of ["1.5", "-1", "1e3", "9999999999", "soon"]) {
      form.longestWait = typed;
      expect([typed, Object.keys(form.faults())]).toEqual([typed, ["longestWait"]]);
    }
  });
});
