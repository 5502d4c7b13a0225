// Lays JSON out over lines without touching its tokens: no digit, escape or doubled key is lost.

/** Text above this is shown as it was sent: laying it out would stall the window. */
const PRETTY_MAX = 400_000;

const INDENT = "  ";
/** Deeper levels stay at this indent, so that thousands of brackets don't become millions of blanks. */
const INDENT_MAX = 40;

/** Lays `text` out where it is a JSON object or array, else gives null. */
export function pretty(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > PRETTY_MAX || !/^[[{]/.test(trimmed)) return null;
  try {
    JSON.parse(trimmed);
  } catch {
    return null;
  }
  return layOut(trimmed);
}

function layOut(json: string): string {
  const out: string[] = [];
  let depth = 0;
  let last = "";
  // Strings whole, blanks, structure, and everything else: numbers and words.
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|\s+|[{}[\]:,]|[^\s{}[\]:,"]+/g)) {
    if (/^\s/.test(token)) continue;
    const opened = last === "{" || last === "[";
    const closes = token === "}" || token === "]";
    if (closes) depth--;
    // An empty object or array stays on its line.
    if (last === "," || opened !== closes) out.push(line(depth));
    else if (last === ":") out.push(" ");
    if (token === "{" || token === "[") depth++;
    out.push(token);
    last = token;
  }
  return out.join("");
}

function line(depth: number): string {
  return "\n" + INDENT.repeat(Math.min(depth, INDENT_MAX));
}
