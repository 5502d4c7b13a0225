// Secret parameters of an address, which the engine shows with a mask in their places.

/** What stands where a secret was taken out. */
const MASK = "***";

/** Gives the names of the masked parameters of an address, in order. */
export function masked(url: string): string[] {
  return pairs(url).filter(isMasked).map(name);
}

/** Takes a masked parameter out of an address and leaves the rest to the letter. */
export function withoutMasked(url: string, gone: string): string {
  const left = pairs(url).filter((pair) => !(isMasked(pair) && name(pair) === gone));
  if (left.length === pairs(url).length) return url;
  const [head, tail = ""] = url.split("#", 2) as [string, string?];
  const path = head.slice(0, head.indexOf("?"));
  return `${path}${left.length > 0 ? `?${left.join("&")}` : ""}${tail === "" ? "" : `#${tail}`}`;
}

function pairs(url: string): string[] {
  const head = url.split("#", 1)[0]!;
  const at = head.indexOf("?");
  return at < 0 ? [] : head.slice(at + 1).split("&");
}

function isMasked(pair: string): boolean {
  return pair.endsWith(`=${MASK}`) && pair.indexOf("=") === pair.length - MASK.length - 1;
}

function name(pair: string): string {
  const encoded = pair.slice(0, pair.indexOf("=")).replaceAll("+", " ");
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
