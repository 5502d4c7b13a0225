// Lists of feeds as the scripted backend reads them: addresses alone, with a name behind them or none.
import type { Failure, Feed, Listing } from "./bindings";

/** Reads a list, an address a line. */
export function listOf(text: string, known: readonly Feed[]): Listing {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const isAddress = (line: string) => /^https?:\/\/\S+/.test(line);
  const feeds = lines.filter(isAddress).map((line) => {
    const [address = "", ...name] = line.split(/\s+/);
    const url = address.replace(/\?token=.*/, "");
    return {
      name: name.join(" ") || new URL(url).host,
      url,
      signsIn: address !== url,
      known: known.some((feed) => feed.url === url),
      leftOut: address.includes("ntfy") ? "its least priority; a rule can do that" : null,
    };
  });
  if (feeds.length === 0) throw { code: "invalid", field: null, message: "No feeds were found in it. A list has one address a line." } satisfies Failure;
  return { kind: "addresses", feeds, odd: lines.filter((line) => !isAddress(line)) };
}
