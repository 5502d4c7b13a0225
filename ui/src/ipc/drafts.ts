// What the scripted backend makes of drafts: whether they can be meant, what a feed of them looks like, what answers there.
import type { Failure, Feed, FeedDraft, FeedIcon, Probe, ProxyDraft } from "./bindings";
import { eventOf, PICTURE, storyAt } from "./scene";

export function iconOf(draft: FeedDraft["icon"]): FeedIcon {
  if (draft === null || draft.kind === "none") return { kind: "none" };
  return draft.kind === "emoji" ? draft : { kind: draft.kind, picture: PICTURE };
}

export function check(draft: FeedDraft): void {
  const invalid = (field: Failure["field"], message: string): Failure => ({ code: "invalid", field, message });
  if (!/^https?:\/\/[^\s/]+/.test(draft.url)) throw invalid("url", "A feed’s address starts with http:// or https://.");
  if (draft.signIn.kind === "bearer" && draft.signIn.token === "") throw invalid("signIn", "Enter the token.");
  if (draft.icon?.kind === "emoji" && !/^\p{Extended_Pictographic}/u.test(draft.icon.emoji)) throw invalid("icon", "Enter a single emoji, such as 🔔, or choose a picture.");
  if (draft.connection === null) throw invalid(null, "The window fills all of it in.");
  const { silenceSeconds, proxy, clientKey, clientCertificate, pin } = draft.connection;
  if (silenceSeconds !== null && (silenceSeconds < 15 || silenceSeconds > 3600)) throw invalid("silence", "The silence time is 15 to 3600 seconds.");
  checkProxy(proxy);
  if (clientCertificate !== "" && clientKey === "") throw invalid("clientKey", "Enter the client certificate's key.");
  if (pin !== "" && !/^sha256\/.{44}$/.test(pin)) throw invalid("pin", "That is not a key's fingerprint.");
  const odd = draft.headers.find(({ name }) => !/^[\w-]+$/.test(name));
  if (odd !== undefined) throw invalid("headers", `“${odd.name}” is no header name.`);
}

/** Refuses what is no proxy's address. */
export function checkProxy(proxy: ProxyDraft): void {
  if (proxy.kind !== "url" || /^(https?|socks5h?):\/\/[^\s/]+/.test(proxy.url)) return;
  throw { code: "invalid", field: "proxy", message: "That is not a proxy's address." } satisfies Failure;
}

export function viewOf(draft: FeedDraft, known: Feed["connection"] | null) {
  const { notify, allowed, preset, headers, signIn, secrets, connection } = draft;
  if (connection === null || allowed === null) throw new Error("checked before");
  const { parameters, body, authority, clientCertificate, proxy } = connection;
  const missing = parameters.filter(({ name }) => !draft.url.includes(`${name}=***`)).map(({ name }) => `${name}=***`);
  const url = missing.length === 0 ? draft.url : `${draft.url}${draft.url.includes("?") ? "&" : "?"}${missing.join("&")}`;
  const needed = signIn.kind !== "none" || headers.length > 0 || url.includes("=***");
  return {
    name: draft.name === "" ? new URL(url).host : draft.name,
    url,
    notify,
    allowed,
    preset,
    signIn: signIn.kind === "basic" ? { kind: signIn.kind, username: signIn.username } : { kind: signIn.kind },
    headerNames: headers.map(({ name }) => name),
    connection: {
      method: connection.method,
      body: body === null ? (known?.body ?? false) : body !== "",
      authority: authority === null ? (known?.authority ?? false) : authority !== "",
      clientCertificate: clientCertificate === null ? (known?.clientCertificate ?? false) : clientCertificate !== "",
      pin: connection.pin,
      proxy: proxy.kind === "url" ? { kind: proxy.kind, url: proxy.url, username: proxy.username === "" ? null : proxy.username } : proxy,
      silenceSeconds: connection.silenceSeconds,
      longestWaitSeconds: connection.longestWaitSeconds,
      plainHttp: draft.plainHttp,
    },
    secrets: !needed ? ("notNeeded" as const) : secrets === "keyring" ? ("kept" as const) : ("thisSession" as const),
  };
}

/** The key that servers with a homemade certificate show. */
const SHOWN_KEY = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

export function probe(draft: FeedDraft): Probe {
  check(draft);
  const answer = (verdict: Probe["verdict"], message: string): Probe => ({ verdict, message, recognised: null, key: null, events: [] });
  if (/homemade/.test(draft.url) && draft.connection?.pin !== SHOWN_KEY) {
    return { ...answer("untrusted", `The server signed its certificate itself (${SHOWN_KEY}).`), key: { shown: SHOWN_KEY, pinned: draft.connection?.pin ?? "" } };
  }
  if (/html/.test(draft.url)) return answer("notAStream", "The server answered with a web page (text/html) instead of an event stream. Look for the feed’s own address.");
  if (/secure/.test(draft.url) && draft.signIn.kind === "none") return answer("signIn", "The server wants a sign-in (401).");
  if (/refused/.test(draft.url)) return answer("failed", "The server refused the connection.");
  if (/waiting/.test(draft.url)) return answer("waiting", "The stream is open and has sent nothing yet.");
  const events = [0, 1, 4].map((turn) => {
    const { row, data } = eventOf(0, storyAt(turn));
    return { eventType: row.eventType, title: row.title, body: row.body, priority: row.priority, data };
  });
  const recognised = /ntfy/.test(draft.url) ? "ntfy" : "JSON events";
  return { verdict: "open", message: "The stream is open and sent 3 events within 2 s.", recognised, key: null, events };
}
