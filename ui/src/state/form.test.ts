// What is filled in becomes the draft that is meant, and a secret that is set is kept unless it is replaced.
import { describe, expect, it, vi } from "vitest";

import type { Backend } from "../ipc/backend";
import type { Failure, FeedDraft, Probe } from "../ipc/bindings";
import { BLANK } from "./rule.svelte";
import { FeedForm } from "./form.svelte";
import { feed } from "./testing";

const OPEN: Probe = { verdict: "open", message: "open", recognised: null, key: null, events: [] };

function backend(more: Partial<Backend> = {}): Backend {
  return {
    addFeed: vi.fn(async (draft: FeedDraft) => feed("new", { name: draft.name })),
    editFeed: vi.fn(async (id: string) => feed(id)),
    probe: vi.fn(async () => OPEN),
    ...more,
  } as unknown as Backend;
}

const kept = feed("f", { signIn: { kind: "basic", username: "mira" }, headerNames: ["X-Key"], secrets: "kept" });

it("names its service where a person chose one, and takes the choice back", () => {
  const form = new FeedForm(backend(), feed("f", { preset: "mercure" }));
  expect(form.draft().preset).toBe("mercure");
  form.preset = "";
  expect(form.draft().preset).toBeNull();
});

describe("a feed to add that pops up from a priority on", () => {
  const RULE = { ...BLANK, name: "first" };
  const ruled = (more: Partial<Backend> = {}) => backend({ rules: vi.fn(async () => [RULE]), setRules: vi.fn(async () => []), ...more });
  async function added(engine: Backend, fill: Partial<FeedForm>): Promise<FeedForm> {
    const form = new FeedForm(engine, null, "https://a.example");
    Object.assign(form, fill);
    expect(await form.save()).toMatchObject({ id: "new" });
    return form;
  }

  it("has a rule behind the others that keeps back what matters less", async () => {
    const engine = ruled();
    const form = await added(engine, { name: "Deploys", least: "high" });
    expect(engine.setRules).toHaveBeenCalledWith([RULE, { ...BLANK, name: expect.stringContaining("Deploys"), when: { ...BLANK.when, feeds: ["new"], atMost: "normal" }, then: { ...BLANK.then, popup: false } }]);
    expect(form.unruled).toBeNull();
  });

  it("has none where all events pop up, or none does", async () => {
    for (const fill of [{}, { least: "urgent", notify: false } as const]) {
      const engine = ruled();
      await added(engine, fill);
      expect(engine.setRules).not.toHaveBeenCalled();
    }
  });

  it("is there also where its rule can't be, and says so", async () => {
    const refused = { rules: async () => Promise.reject({ code: "storage", field: null, message: "disk full" }) };
    expect((await added(ruled(refused), { least: "low" })).unruled).toBe("disk full");
    expect((await added(ruled({ setRules: async () => [{ rule: 0, part: "text", test: null, message: "a broken rule" }] }), { least: "low" })).unruled).toBe("a broken rule");
  });
});

describe("a feed to add", () => {
  it("is drafted as filled in", () => {
    const form = new FeedForm(backend(), null, " https://a.example ");
    form.signIn = "bearer";
    form.token = " t0ken\n";
    form.addHeader();
    Object.assign(form.headers[0]!, { name: " X-Key ", value: "v" });
    form.addHeader();
    expect(form.draft()).toEqual({
      name: "",
      url: "https://a.example",
      icon: { kind: "none" },
      notify: true,
      allowed: { urgency: "urgent", pictures: false },
      preset: null,
      signIn: { kind: "bearer", token: "t0ken" },
      headers: [{ name: "X-Key", value: "v" }],
      secrets: "keyring",
      plainHttp: false,
      connection: {
        parameters: [],
        method: "",
        body: "",
        authority: "",
        clientCertificate: "",
        clientKey: "",
        pin: "",
        proxy: { kind: "system" },
        silenceSeconds: null,
        longestWaitSeconds: null,
      },
    });
  });

  it("asks for an address before asking the engine", async () => {
    const asked = backend();
    const form = new FeedForm(asked, null);
    expect(await form.save()).toBeNull();
    expect(form.errors.url).toMatch(/address/);
    expect(asked.addFeed).not.toHaveBeenCalled();
  });

  it("asks for what a header lacks", async () => {
    const form = new FeedForm(backend(), null, "https://a.example");
    form.addHeader();
    form.headers[0]!.name = "X-Key";
    expect(await form.save()).toBeNull();
    expect(form.errors.headers).toContain("X-Key");
  });
});

describe("a feed to edit", () => {
  it("keeps the secrets that are not typed", () => {
    const draft = new FeedForm(backend(), kept).draft();
    expect(draft.signIn).toEqual({ kind: "basic", username: "mira", password: null });
    expect(draft.headers).toEqual([{ name: "X-Key", value: null }]);
  });

  it("replaces what is typed", () => {
    const form = new FeedForm(backend(), kept);
    form.password = "p";
    form.headers[0]!.value = "v";
    expect(form.draft().signIn).toMatchObject({ password: "p" });
    expect(form.draft().headers).toEqual([{ name: "X-Key", value: "v" }]);
  });

  it("keeps nothing of another kind of sign-in", () => {
    const form = new FeedForm(backend(), kept);
    form.signIn = "bearer";
    expect(form.draft().signIn).toEqual({ kind: "bearer", token: "" });
  });

  it("asks for the value of a header that was renamed", async () => {
    const form = new FeedForm(backend(), kept);
    form.headers[0]!.name = "X-Other";
    expect(await form.save()).toBeNull();
    expect(form.errors.headers).toContain("X-Other");
  });

  it("asks before secrets go unencrypted into a network, and says so only then", () => {
    const form = new FeedForm(backend(), null, "http://192.168.1.5/feed");
    expect(form.asksPlainHttp).toBe(false);
    form.signIn = "bearer";
    expect(form.asksPlainHttp).toBe(true);
    form.plainHttp = true;
    expect(form.draft().plainHttp).toBe(true);
    for (const url of ["https://192.168.1.5/", "http://localhost:1/", "http://127.0.0.1:1/", "http://[::1]:1/"]) {
      form.url = url;
      expect([url, form.asksPlainHttp, form.draft().plainHttp]).toEqual([url, false, false]);
    }
  });

  it("stays in this session where its secrets are", () => {
    expect(new FeedForm(backend(), feed("f", { secrets: "thisSession" })).draft().secrets).toBe("thisSession");
  });
});

describe("a token in the address", () => {
  const stored = feed("f", { url: "https://a.example/?x=1&token=***", secrets: "kept" });
  const sent = (form: FeedForm) => [form.draft().url, form.draft().connection?.parameters];

  it("is a sign-in with a name and a value", () => {
    const form = new FeedForm(backend(), null, "https://a.example/");
    Object.assign(form, { signIn: "parameter", parameter: " key ", parameterValue: " v\n" });
    expect(form.draft().signIn).toEqual({ kind: "none" });
    expect(sent(form)).toEqual(["https://a.example/", [{ name: "key", value: "v" }]]);
  });

  it("is known again by its mask, and kept where it stands", () => {
    const form = new FeedForm(backend(), stored);
    expect([form.signIn, form.parameter, form.secretKept]).toEqual(["parameter", "token", true]);
    expect(sent(form)).toEqual([stored.url, [{ name: "token", value: null }]]);
  });

  it("leaves the address with its name or its kind", () => {
    const form = new FeedForm(backend(), stored);
    form.parameter = "key";
    form.parameterValue = "v";
    expect(sent(form)).toEqual(["https://a.example/?x=1", [{ name: "key", value: "v" }]]);
    form.signIn = "none";
    expect(sent(form)).toEqual(["https://a.example/?x=1", []]);
  });

  it("is asked for where one is missing", async () => {
    const form = new FeedForm(backend(), null, "https://a.example/");
    form.signIn = "parameter";
    expect([await form.save(), form.errors.signIn]).toEqual([null, expect.stringContaining("name")]);
    form.parameter = "key";
    expect([await form.save(), form.errors.signIn]).toEqual([null, expect.stringContaining("value")]);
  });
});

describe("the part that few need", () => {
  it("unfolds for what has to be mended in it, and for nothing else", async () => {
    const form = new FeedForm(backend(), null);
    expect([await form.save(), form.advanced]).toEqual([null, false]);
    form.url = "https://a.example";
    form.connection.silence = "soon";
    expect([await form.save(), form.advanced]).toEqual([null, true]);
    const refused: Failure = { code: "invalid", field: "proxy", message: "no" };
    const other = new FeedForm(backend({ addFeed: vi.fn().mockRejectedValue(refused) }), null, "https://a.example");
    expect([await other.save(), other.advanced]).toEqual([null, true]);
  });

  it("pins the key that was compared and tries again", async () => {
    const asked = backend();
    const form = new FeedForm(asked, null, "https://a.example");
    await form.trust("sha256/x");
    expect(asked.probe).toHaveBeenCalledWith(expect.objectContaining({ connection: expect.objectContaining({ pin: "sha256/x" }) }), null);
    expect(form.probe).toBe(OPEN);
  });
});

describe("a failure", () => {
  const failing = (failure: Failure) => backend({ addFeed: vi.fn().mockRejectedValue(failure) });

  it("of a field is shown at the field", async () => {
    const form = new FeedForm(failing({ code: "invalid", field: "signIn", message: "Enter the token." }), null, "https://a.example");
    expect(await form.save()).toBeNull();
    expect(form.errors).toEqual({ signIn: "Enter the token." });
    expect(form.failure).toBeNull();
  });

  it("of the keyring is shown by itself and leaves the form usable", async () => {
    const form = new FeedForm(failing({ code: "keyring", field: null, message: "locked" }), null, "https://a.example");
    expect(await form.save()).toBeNull();
    expect(form.failure?.code).toBe("keyring");
    expect(form.busy).toBe("no");
  });
});

describe("a test of the address", () => {
  it("lends the stored secrets of the feed that is edited", async () => {
    const asked = backend();
    const form = new FeedForm(asked, kept);
    await form.tryOut();
    expect(asked.probe).toHaveBeenCalledWith(form.draft(), "f");
    expect(form.probe).toBe(OPEN);
  });

  it("says nothing about an address that was changed meanwhile", async () => {
    let answer: (probe: Probe) => void = () => undefined;
    const form = new FeedForm(backend({ probe: () => new Promise((resolve) => (answer = resolve)) }), null, "https://a.example");
    const test = form.tryOut();
    form.url = "https://b.example";
    answer(OPEN);
    await test;
    expect(form.probe).toBeNull();
    expect(form.busy).toBe("no");
  });

  it("is forgotten with the next edit", async () => {
    const form = new FeedForm(backend(), null, "https://a.example");
    await form.tryOut();
    form.forget("url");
    expect(form.probe).toBeNull();
  });
});

describe("what is pasted in the place of an address", () => {
  it("is taken from a command into the right fields, secrets into secret ones", () => {
    const form = new FeedForm(backend as unknown as Backend, null);
    expect(form.paste("curl -X POST https://x.example/e -H 'Authorization: Bearer t0p' -H 'X-Key: k' -d '{}' -o out")).toBe(true);
    expect([form.url, form.signIn, form.token, form.connection.method, form.connection.body.value]).toEqual(["https://x.example/e", "bearer", "t0p", "POST", "{}"]);
    expect(form.headers.map(({ name, value }) => `${name}: ${value}`)).toEqual(["X-Key: k", "Content-Type: application/x-www-form-urlencoded"]);
    expect(form.said).toBe("Taken from the command: token, 2 headers, method POST, body. Left out: -o.");
    expect(form.said).not.toContain("t0p");
    form.paste("curl -u mira:pw https://y.example");
    expect([form.signIn, form.username, form.password, form.token, form.headers.length, form.connection.body.value]).toEqual(["basic", "mira", "pw", "", 0, ""]);
  });

  it("changes nothing where it is refused, and says why at the address", () => {
    const form = new FeedForm(backend as unknown as Backend, null, "https://x.example");
    expect(form.paste("curl -k https://y.example")).toBe(true);
    expect([form.url, form.errors.url]).toEqual(["https://x.example", expect.stringContaining("always checks")]);
  });

  it("is left to the field where it is neither a link nor a command", () => {
    const form = new FeedForm(backend as unknown as Backend, null);
    expect(["example.org/e", "two words", "javascript:alert(1)", ""].map((each) => form.paste(each))).toEqual([false, false, false, false]);
    expect(form.paste(" https://x.example/e\n")).toBe(true);
    expect(form.url).toBe("https://x.example/e");
  });
});
