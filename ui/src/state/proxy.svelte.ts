// Which proxy is to be used, as a person fills it in: for a feed, or for all.
import type { Proxy, ProxyDraft } from "../ipc/bindings";

export type ProxyKind = ProxyDraft["kind"];
export const PROXIES: readonly ProxyKind[] = ["system", "none", "url"];

export class ProxyForm {
  proxy = $state<ProxyKind>("system");
  proxyUrl = $state("");
  proxyUsername = $state("");
  proxyPassword = $state("");
  readonly #proxy: Proxy | null;

  constructor(stored: Proxy | null) {
    this.#proxy = stored;
    this.proxy = stored?.kind ?? "system";
    if (stored?.kind !== "url") return;
    this.proxyUrl = stored.url;
    this.proxyUsername = stored.username ?? "";
  }

  get proxySignsIn(): boolean {
    return this.proxy === "url" && this.proxyUsername.trim() !== "";
  }

  /** Whether a password is stored for this proxy and user, so that leaving its field empty keeps it. */
  get proxyPasswordKept(): boolean {
    const stored = this.#proxy;
    return stored?.kind === "url" && stored.username !== null && stored.username === this.proxyUsername.trim() && stored.url === this.proxyUrl.trim();
  }

  proxyDraft(): ProxyDraft {
    if (this.proxy !== "url") return { kind: this.proxy };
    const password = this.proxyPassword === "" && this.proxyPasswordKept ? null : this.proxyPassword;
    return { kind: "url", url: this.proxyUrl.trim(), username: this.proxyUsername.trim(), password };
  }
}
