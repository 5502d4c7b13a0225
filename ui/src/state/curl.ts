// Reads a `curl` command as a feed: where it goes, how it signs in, what it sends. Nothing is run.
import { text } from "../text";
import { wordsOf } from "./words";

export type Curl = {
  url: string;
  method: string;
  headers: { name: string; value: string }[];
  basic: { username: string; password: string } | null;
  bearer: string | null;
  body: string | null;
  proxy: string | null;
  /** Options that mean nothing for a feed or can't be taken over. */
  left: string[];
};

export type Read = { kind: "other" } | { kind: "refused"; message: string } | { kind: "curl"; curl: Curl };

/** What a feed's connection does by itself, or a browser adds for pages. */
const OWN_HEADERS = /^(?:accept|accept-encoding|cache-control|connection|content-length|dnt|host|last-event-id|pragma|priority|te|upgrade-insecure-requests|sec-.*)$/i;
/** What servers of streams take. */
const METHODS = ["GET", "POST", "PUT", "PATCH"];

/** Options without a value that change nothing here. */
const SILENT = new Set("-s -S -N -L -i -v -f -g -4 -6 -# --silent --show-error --no-buffer --location --include --verbose --fail --fail-with-body --globoff --ipv4 --ipv6 --progress-bar --no-progress-meter --compressed --http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 --tcp-nodelay --tlsv1.2 --tlsv1.3 --ssl-reqd --no-keepalive --path-as-is --raw --styled-output --no-styled-output".split(" "));
/** Options with a value that are left out, and said so. */
const LEFT = new Set("-o -m -w -c -E -y -Y --output --max-time --connect-timeout --write-out --cookie-jar --retry --retry-delay --retry-max-time --keepalive-time --limit-rate --max-redirs --speed-limit --speed-time --cert --key --cacert --capath --cert-type --key-type --pass --pinnedpubkey --resolve --connect-to --interface --dns-servers --noproxy --ciphers --tls-max --stderr --trace --trace-ascii -D --dump-header".split(" "));

type Taking = { curl: Curl; data: string[]; get: boolean; method: string; json: boolean };
/** What an option with a value does; a sentence refuses it. */
type Take = (value: string, taking: Taking) => string | null;

const header: Take = (value, taking) => {
  if (value.startsWith("@")) return text.curl.file("-H");
  const at = value.indexOf(":");
  // A name alone takes a header away, one with a semicolon sends it empty.
  if (at < 0 || value.slice(at + 1).trim() === "") return null;
  return addHeader(taking.curl, value.slice(0, at).trim(), value.slice(at + 1).trim());
};
const named = (name: string): Take => (value, { curl }) => addHeader(curl, name, value);
const data = (raw: boolean): Take => (value, taking) => {
  if (!raw && value.startsWith("@")) return text.curl.file("-d");
  taking.data.push(value);
  return null;
};

const TAKEN: Record<string, Take> = {
  "-H": header,
  "--header": header,
  "-X": (value, taking) => {
    taking.method = value.toUpperCase();
    return null;
  },
  "-u": (value, { curl }) => {
    const at = value.indexOf(":");
    curl.basic = at < 0 ? { username: value, password: "" } : { username: value.slice(0, at), password: value.slice(at + 1) };
    return null;
  },
  "--oauth2-bearer": (value, { curl }) => {
    curl.bearer = value;
    return null;
  },
  "-d": data(false),
  "--data-ascii": data(false),
  "--data-binary": data(false),
  "--data-raw": data(true),
  "--data-urlencode": (value, taking) => {
    if (/^[^=]*@/.test(value)) return text.curl.file("--data-urlencode");
    const at = value.indexOf("=");
    taking.data.push(at < 0 ? encodeURIComponent(value) : `${value.slice(0, at)}${at > 0 ? "=" : ""}${encodeURIComponent(value.slice(at + 1))}`);
    return null;
  },
  "--json": (value, taking) => {
    taking.json = true;
    return data(false)(value, taking);
  },
  "-A": named("User-Agent"),
  "-e": named("Referer"),
  "-b": (value, { curl }) => (value.includes("=") ? addHeader(curl, "Cookie", value) : text.curl.file("-b")),
  "-x": (value, { curl }) => {
    curl.proxy = value.includes("://") ? value : `http://${value}`;
    return null;
  },
  "--url": (value, { curl }) => {
    if (curl.url !== "") return text.curl.twoUrls;
    curl.url = value;
    return null;
  },
};

/** Names that mean the same. */
const ALIASES: Record<string, string> = {
  "--request": "-X",
  "--user": "-u",
  "--data": "-d",
  "--user-agent": "-A",
  "--referer": "-e",
  "--cookie": "-b",
  "--proxy": "-x",
  "--insecure": "-k",
  "--get": "-G",
  "--head": "-I",
  "--form": "-F",
  "--upload-file": "-T",
  "--config": "-K",
};

/** Reads a text as a command; `other` where it is none. */
export function readCurl(pasted: string): Read {
  const command = pasted.trim().replace(/^\$\s+/, "");
  if (!/^curl(?:\.exe)?\s/.test(command)) return { kind: "other" };
  const split = wordsOf(command);
  if (split.kind === "unfinished") return refused(text.curl.unfinished);
  if (split.kind === "needsShell") return refused(text.curl.needsShell(split.what));
  const taking: Taking = { curl: { url: "", method: "", headers: [], basic: null, bearer: null, body: null, proxy: null, left: [] }, data: [], get: false, method: "", json: false };
  const words = split.words.slice(1);
  while (words.length > 0) {
    const wrong = takeWord(words, taking);
    if (wrong !== null) return refused(wrong);
  }
  return finished(taking);
}

function refused(message: string): Read {
  return { kind: "refused", message };
}

/** Takes the next word with its value; gives what is wrong with it, or null. */
function takeWord(words: string[], taking: Taking): string | null {
  const word = words.shift()!;
  if (word === "--" || word === "-") return null;
  if (!word.startsWith("-")) return TAKEN["--url"]!(word, taking);
  if (word.startsWith("--")) return takeOption(word, words, taking);
  // Letters can stand together, the last one with its value: -sNXPOST.
  for (let at = 1; at < word.length; at++) {
    const option = `-${word[at]!}`;
    const hasValue = option in TAKEN || LEFT.has(option);
    if (hasValue && at + 1 < word.length) words.unshift(word.slice(at + 1));
    const wrong = takeOption(option, words, taking);
    if (wrong !== null || hasValue) return wrong;
  }
  return null;
}

function takeOption(written: string, words: string[], taking: Taking): string | null {
  const option = ALIASES[written] ?? written;
  if (SILENT.has(option)) return null;
  if (option === "-k") return text.curl.insecure;
  if (option === "-G") {
    taking.get = true;
    return null;
  }
  const take = Object.hasOwn(TAKEN, option) ? TAKEN[option] : undefined;
  if (take === undefined && !LEFT.has(option)) return text.curl.unknown(written);
  const value = words.shift();
  if (value === undefined) return text.curl.noValue(written);
  if (take !== undefined) return take(value, taking);
  taking.curl.left.push(written);
  return null;
}

function finished({ curl, data, get, method, json }: Taking): Read {
  if (curl.url === "") return refused(text.curl.noUrl);
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(curl.url)) curl.url = `http://${curl.url}`;
  if (data.length > 0 && get) {
    const [address, fragment] = curl.url.split("#", 2) as [string, string?];
    curl.url = `${address}${address.includes("?") ? "&" : "?"}${data.join("&")}${fragment === undefined ? "" : `#${fragment}`}`;
  } else if (data.length > 0) {
    curl.body = data.join(json ? "" : "&");
    if (!curl.headers.some(({ name }) => name.toLowerCase() === "content-type")) {
      addHeader(curl, "Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
    }
  }
  curl.method = method !== "" ? method : curl.body === null ? "GET" : "POST";
  if (!METHODS.includes(curl.method)) return refused(text.curl.method(curl.method));
  if (curl.bearer !== null) curl.basic = null;
  return { kind: "curl", curl };
}

function addHeader(curl: Curl, name: string, value: string): null {
  if (OWN_HEADERS.test(name)) return null;
  const [scheme, secret = ""] = value.split(/\s+(.*)/s) as [string, string?];
  if (/^authorization$/i.test(name) && /^bearer$/i.test(scheme)) curl.bearer = secret;
  else if (/^authorization$/i.test(name) && /^basic$/i.test(scheme) && basicOf(secret) !== null) curl.basic = basicOf(secret);
  else curl.headers.push({ name, value });
  return null;
}

/** Reads the credentials of HTTP Basic (RFC 7617), where they are text. */
function basicOf(encoded: string): Curl["basic"] {
  try {
    const bytes = Uint8Array.from(atob(encoded.trim()), (character) => character.charCodeAt(0));
    const [username, password] = new TextDecoder("utf-8", { fatal: true }).decode(bytes).split(/:(.*)/s);
    return password === undefined ? null : { username: username!, password };
  } catch {
    return null;
  }
}
