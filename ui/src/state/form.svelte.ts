// What a person fills in to add or edit a feed; secrets go in and never come out.
import type { Backend } from "../ipc/backend";
import type { Allowed, Failure, Feed, FeedDraft, HeaderDraft, ParameterDraft, Preset, Priority, Probe, SignInDraft } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { text } from "../text";
import { ConnectionForm } from "./connection.svelte";
import { IconForm } from "./icon.svelte";
import { type Curl, readCurl } from "./curl";
import { BLANK } from "./rule.svelte";
import { PRIORITIES } from "./choices";
import { masked, withoutMasked } from "./masked";

export type Field = NonNullable<Failure["field"]>;
/** A token in the address is a sign-in to people; the engine keeps it as a parameter of the connection. */
export type SignInKind = SignInDraft["kind"] | "parameter";
/** `kept` is the header's name where its value is stored already. */
export type HeaderRow = { key: number; name: string; value: string; kept: string | null };

const ALWAYS_SHOWN: Field[] = ["name", "icon", "url", "signIn", "headers"];

export class FeedForm {
  readonly feed: Feed | null;
  url = $state("");
  name = $state("");
  notify = $state(true);
  /** The least priority that pops up, for a feed to add; later its rule says so. */
  least = $state<Priority>("min");
  allowed = $state<Allowed>({ urgency: "urgent", pictures: false });
  /** The service behind it; empty leaves that to what is recognised. */
  preset = $state<Preset | "">("");
  signIn = $state<SignInKind>("none");
  username = $state("");
  password = $state("");
  token = $state("");
  parameter = $state("");
  parameterValue = $state("");
  headers = $state<HeaderRow[]>([]);
  secrets = $state<FeedDraft["secrets"]>("keyring");
  plainHttp = $state(false);
  /** Whether the part that few need is unfolded. */
  advanced = $state(false);
  errors = $state<Partial<Record<Field, string>>>({});
  /** A failure that belongs to no field. */
  failure = $state.raw<Failure | null>(null);
  busy = $state<"no" | "saving" | "testing">("no");
  probe = $state.raw<Probe | null>(null);
  /** Why a feed that was added has no rule for its least priority. */
  unruled = $state<string | null>(null);
  /** What was taken from a command that was pasted. */
  said = $state("");

  readonly icon: IconForm;
  readonly connection: ConnectionForm;
  readonly #backend: Backend;
  /** The name of the secret parameter that stands for the sign-in, where one is stored. */
  readonly #parameterStored: string | null;
  #keys = 0;
  #test = 0;

  constructor(backend: Backend, feed: Feed | null, url = "", name = "") {
    this.#backend = backend;
    this.feed = feed;
    this.url = feed?.url ?? "";
    this.name = feed?.name ?? name;
    this.notify = feed?.notify ?? true;
    if (feed !== null) this.allowed = { ...feed.allowed };
    this.preset = feed?.preset ?? "";
    this.icon = new IconForm(backend, feed?.icon ?? { kind: "none" });
    this.connection = new ConnectionForm(feed?.connection ?? null);
    this.plainHttp = feed?.connection.plainHttp ?? false;
    this.#parameterStored = feed?.signIn.kind === "none" ? (masked(feed.url)[0] ?? null) : null;
    this.signIn = this.#parameterStored !== null ? "parameter" : (feed?.signIn.kind ?? "none");
    this.parameter = this.#parameterStored ?? "";
    if (feed?.signIn.kind === "basic") this.username = feed.signIn.username;
    this.headers = (feed?.headerNames ?? []).map((name) => ({ key: this.#keys++, name, value: "", kept: name }));
    if (feed?.secrets === "thisSession") this.secrets = "thisSession";
    if (feed === null && !this.paste(url)) this.url = url;
  }

  /** Whether the sign-in's secret is stored already, so that leaving its field empty keeps it. */
  get secretKept(): boolean {
    if (this.signIn === "parameter") return this.#parameterStored !== null && this.#parameterStored === this.parameter.trim();
    return this.feed !== null && this.signIn !== "none" && this.feed.signIn.kind === this.signIn;
  }

  /** Whether what is stored can be reached. */
  get secretMissing(): boolean {
    return this.feed?.secrets === "missing";
  }

  /** What the feed would be called: its name, else its host. */
  get called(): string {
    const url = this.url.trim();
    return this.name.trim() || (URL.canParse(url) ? new URL(url).host : url);
  }

  get hasSecrets(): boolean {
    return this.#sendsSecrets || this.connection.hasSecrets;
  }

  get #sendsSecrets(): boolean {
    return this.signIn !== "none" || this.headers.length > 0 || masked(this.url).length > 0;
  }

  /** Whether the secrets would go where others on the way can read them; the engine decides if that can be agreed to. */
  get asksPlainHttp(): boolean {
    return this.#sendsSecrets && /^\s*http:\/\/(?!localhost\b|127\.|\[::1\])/i.test(this.url);
  }

  addHeader(): void {
    this.headers.push({ key: this.#keys++, name: "", value: "", kept: null });
  }

  removeHeader(key: number): void {
    this.headers = this.headers.filter((row) => row.key !== key);
    this.forget("headers");
  }

  /** Takes the key that was compared for the only one the server may have, and tries again. */
  async trust(fingerprint: string): Promise<void> {
    this.connection.pin = fingerprint;
    await this.tryOut();
  }

  /** Takes over what was pasted or dropped in the place of an address: a command or a link; tells whether it was one. */
  paste(pasted: string): boolean {
    const read = readCurl(pasted);
    if (read.kind === "other" && !/^\s*https?:\/\/\S+\s*$/i.test(pasted)) return false;
    this.probe = null;
    this.said = "";
    this.errors = read.kind === "refused" ? { url: read.message } : {};
    if (read.kind === "other") this.url = pasted.trim();
    else if (read.kind === "curl") this.#fill(read.curl);
    return true;
  }

  #fill(curl: Curl): void {
    const { connection } = this;
    this.url = curl.url;
    this.headers = curl.headers.map(({ name, value }) => ({ key: this.#keys++, name, value, kept: null }));
    this.signIn = curl.bearer !== null ? "bearer" : curl.basic !== null ? "basic" : "none";
    this.token = curl.bearer ?? "";
    this.username = curl.basic?.username ?? "";
    this.password = curl.basic?.password ?? "";
    connection.method = curl.method;
    connection.body.show(curl.body === null && connection.body.stored ? "removed" : "entered");
    connection.body.value = curl.body ?? "";
    if (curl.proxy !== null) {
      connection.proxy = "url";
      connection.proxyUrl = curl.proxy;
    }
    const { parts } = text.curl;
    const taken = [
      curl.bearer !== null ? parts.token : curl.basic !== null ? parts.password : null,
      curl.headers.length > 0 ? parts.headers(curl.headers.length) : null,
      curl.method !== "GET" ? parts.method(curl.method) : null,
      curl.body !== null ? parts.body : null,
      curl.proxy !== null ? parts.proxy : null,
    ];
    this.said = [text.curl.taken(taken.filter((part) => part !== null)), ...(curl.left.length > 0 ? [text.curl.left(curl.left)] : [])].join(" ");
  }

  /** Takes back what was said about a field, because it was edited. */
  forget(field: Field): void {
    delete this.errors[field];
    this.probe = null;
  }

  draft(): FeedDraft {
    return {
      name: this.name.trim(),
      url: this.#address(),
      icon: this.icon.draft(),
      notify: this.notify,
      allowed: $state.snapshot(this.allowed),
      preset: this.preset === "" ? null : this.preset,
      signIn: this.#signInDraft(),
      headers: this.headers.filter((row) => !blank(row)).map(headerDraft),
      secrets: this.secrets,
      plainHttp: this.plainHttp && this.asksPlainHttp,
      connection: { parameters: this.#parameters(), ...this.connection.draft() },
    };
  }

  /** Saves and gives the feed, or null where something has to be mended first. */
  async save(): Promise<Feed | null> {
    if (this.busy === "saving" || !this.#complete()) return null;
    this.#test++;
    this.busy = "saving";
    try {
      const draft = this.draft();
      if (this.feed !== null) return await this.#backend.editFeed(this.feed.id, draft);
      const added = await this.#backend.addFeed(draft);
      await this.#hush(added);
      return added;
    } catch (thrown) {
      this.report(failureOf(thrown));
      return null;
    } finally {
      this.busy = "no";
    }
  }

  /** Adds the rule that keeps popups of little priority away. The feed is there in any case. */
  async #hush({ id, name }: Feed): Promise<void> {
    const most = PRIORITIES[PRIORITIES.indexOf(this.least) - 1];
    if (most === undefined || !this.notify) return;
    const when = { ...BLANK.when, feeds: [id], atMost: most };
    try {
      const rule = { ...BLANK, name: text.rules.unnamed(when, () => name), when, then: { ...BLANK.then, popup: false } };
      const faults = await this.#backend.setRules([...(await this.#backend.rules()), rule]);
      this.unruled = faults[0]?.message ?? null;
    } catch (thrown) {
      this.unruled = failureOf(thrown).message;
    }
  }

  /** Tries the address as it is filled in. */
  async tryOut(): Promise<void> {
    if (this.busy !== "no" || !this.#complete()) return;
    const test = ++this.#test;
    this.busy = "testing";
    this.probe = null;
    const draft = this.draft();
    try {
      const probe = await this.#backend.probe(draft, this.feed?.id ?? null);
      // An answer about what is no longer filled in says nothing.
      if (test === this.#test && JSON.stringify(draft) === JSON.stringify(this.draft())) this.probe = probe;
    } catch (thrown) {
      if (test === this.#test) this.report(failureOf(thrown));
    } finally {
      if (test === this.#test) this.busy = "no";
    }
  }

  /** Puts what went wrong where a person can mend it. */
  report(failure: Failure): void {
    if (failure.code === "invalid" && failure.field !== null) this.errors = { [failure.field]: failure.message };
    else this.failure = failure;
    this.#unfold();
  }

  /** Lets nothing that has to be mended stay out of sight. */
  #unfold(): void {
    if (Object.keys(this.errors).some((field) => !ALWAYS_SHOWN.includes(field as Field))) this.advanced = true;
  }

  #complete(): boolean {
    this.errors = this.connection.faults();
    this.failure = null;
    if (this.url.trim() === "") this.errors.url = text.form.urlNeeded;
    if (this.signIn === "parameter" && this.parameter.trim() === "") this.errors.signIn = text.form.parameterNameNeeded;
    else if (this.signIn === "parameter" && this.parameterValue.trim() === "" && !this.secretKept) this.errors.signIn = text.form.parameterValueNeeded;
    for (const row of this.headers) {
      if (blank(row)) continue;
      if (row.name.trim() === "") this.errors.headers = text.form.headerNameNeeded;
      else if (row.value === "" && !kept(row)) this.errors.headers = text.form.headerValueNeeded(row.name.trim());
    }
    this.#unfold();
    return Object.keys(this.errors).length === 0;
  }

  /** The address without the stored parameter where another sign-in takes its place. */
  #address(): string {
    const url = this.url.trim();
    const stored = this.#parameterStored;
    return stored === null || (this.signIn === "parameter" && this.parameter.trim() === stored) ? url : withoutMasked(url, stored);
  }

  #parameters(): ParameterDraft[] {
    if (this.signIn !== "parameter") return [];
    const value = this.parameterValue.trim();
    return [{ name: this.parameter.trim(), value: value === "" && this.secretKept ? null : value }];
  }

  #signInDraft(): SignInDraft {
    const secret = (typed: string) => (typed === "" && this.secretKept ? null : typed);
    switch (this.signIn) {
      case "none":
      case "parameter":
        return { kind: "none" };
      case "basic":
        return { kind: "basic", username: this.username, password: secret(this.password) };
      case "bearer":
        return { kind: "bearer", token: secret(this.token.trim()) };
    }
  }
}

function blank(row: HeaderRow): boolean {
  return row.name.trim() === "" && row.value === "" && row.kept === null;
}

/** Tells whether an empty value keeps what is stored; a renamed header has nothing stored. */
export function kept(row: HeaderRow): boolean {
  return row.kept !== null && row.kept.toLowerCase() === row.name.trim().toLowerCase();
}

function headerDraft(row: HeaderRow): HeaderDraft {
  return { name: row.name.trim(), value: row.value === "" && kept(row) ? null : row.value };
}
