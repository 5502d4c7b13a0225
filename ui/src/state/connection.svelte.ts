// How a feed's server is reached, as a person fills it in.
import type { Connection, ConnectionDraft } from "../ipc/bindings";
import { text } from "../text";
import { ProxyForm } from "./proxy.svelte";
import { Stored } from "./stored.svelte";

/** The part of a draft's connection that is filled in here; parameters belong to the sign-in. */
export type Reaching = Omit<ConnectionDraft, "parameters">;
/** Fields whose numbers are checked before the engine is asked. */
type Numbers = "silence" | "longestWait";

/** What servers of streams take; a method set by hand is added to them. */
const METHODS = ["GET", "POST", "PUT", "PATCH"];

export class ConnectionForm extends ProxyForm {
  readonly methods: string[];
  method = $state("GET");
  body: Stored;
  authority: Stored;
  clientCertificate: Stored;
  clientKey: Stored;
  pin = $state("");
  silence = $state("");
  longestWait = $state("");

  constructor(stored: Connection | null) {
    super(stored?.proxy ?? null);
    this.method = stored === null || stored.method === "" ? "GET" : stored.method;
    this.methods = METHODS.includes(this.method) ? METHODS : [...METHODS, this.method];
    this.body = new Stored(stored?.body ?? false);
    this.authority = new Stored(stored?.authority ?? false);
    this.clientCertificate = new Stored(stored?.clientCertificate ?? false);
    this.clientKey = new Stored(stored?.clientCertificate ?? false);
    this.pin = stored?.pin ?? "";
    this.silence = stored?.silenceSeconds?.toString() ?? "";
    this.longestWait = stored?.longestWaitSeconds?.toString() ?? "";
  }

  get hasSecrets(): boolean {
    return this.clientCertificate.set || this.proxySignsIn;
  }

  /** What differs from an ordinary feed, in words. */
  get set(): string[] {
    const { set } = text.advanced;
    const all: [boolean, string][] = [
      [this.method !== "GET", this.method],
      [this.authority.set, set.authority],
      [this.pin.trim() !== "", set.pin],
      [this.clientCertificate.set, set.clientCertificate],
      [this.proxy !== "system", this.proxy === "none" ? set.noProxy : set.proxy],
      [this.silence.trim() !== "" || this.longestWait.trim() !== "", set.times],
    ];
    return all.filter(([is]) => is).map(([, words]) => words);
  }

  /** Gives what can't be a number of seconds. */
  faults(): Partial<Record<Numbers, string>> {
    const faults: Partial<Record<Numbers, string>> = {};
    for (const field of ["silence", "longestWait"] as const) {
      if (Number.isNaN(seconds(this[field]))) faults[field] = text.advanced.secondsNeeded;
    }
    return faults;
  }

  draft(): Reaching {
    return {
      method: this.method === "GET" ? "" : this.method,
      body: this.method === "GET" ? "" : this.body.draft(),
      authority: this.authority.draft(),
      clientCertificate: this.clientCertificate.draft(),
      clientKey: this.clientCertificate.set ? this.clientKey.draft() : "",
      pin: this.pin.trim(),
      proxy: this.proxyDraft(),
      silenceSeconds: seconds(this.silence),
      longestWaitSeconds: seconds(this.longestWait),
    };
  }
}

/** Null for none set, NaN for what is no number. Nine digits fit the engine's 32 bits. */
function seconds(typed: string): number | null {
  const digits = typed.trim();
  if (digits === "") return null;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : NaN;
}
