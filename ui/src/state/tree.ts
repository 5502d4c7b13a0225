// JSON as a tree of its own tokens, so that no digit, escape or doubled name is lost, and the lines of it that are shown.
import { pretty } from "./pretty";

/** A value and where it stands. */
export type Branch = {
  readonly parent: Branch | null;
  /** Its name as it was sent, with its quotation marks; null in an array and at the root. */
  readonly name: string | null;
  /** Its place among its parent's values. */
  readonly index: number;
  readonly depth: number;
  readonly kind: "object" | "array" | "string" | "other";
  readonly start: number;
  end: number;
  readonly children: Branch[];
};

/** A line of the tree: a value, or the offer of a container's further values. */
export type TreeLine = { readonly branch: Branch; readonly rest: number };

/** What a tree shows: containers that are unfolded, each with how many of its values. */
export type Unfolded = ReadonlyMap<Branch, number>;

/** Larger data is shown as it was sent: a tree of it would stall the window. */
const TREE_MAX = 400_000;
/** Values of a container that are shown at once. */
export const VALUES_SHOWN = 100;
/** Steps of a path that the engine follows. */
const STEPS_MAX = 64;
/** Nobody compares with more than that. */
const WORD_MAX = 500;
/** A tree begins with about as many lines as a screen holds. */
const LINES_AT_FIRST = 40;
/** A value is quoted so far in its line; copying takes all of it. */
const QUOTED_MAX = 400;

/** Reads a JSON object or array, else gives null. */
export function treeOf(text: string): Branch | null {
  if (text.length > TREE_MAX || !/^\s*[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return grow(text);
}

/** Grows the tree of a text that is known to be JSON. */
function grow(text: string): Branch {
  let root: Branch | null = null;
  let at: Branch | null = null;
  let name: string | null = null;
  for (const { 0: token, index: start } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\]:,"]+|:/g)) {
    if (token === "}" || token === "]") {
      at!.end = start + 1;
      at = at!.parent;
    } else if (token === ":") {
      // What came before it was a name.
      const { start: from, end } = at!.children.pop()!;
      name = text.slice(from, end);
    } else {
      const kind = token === "{" ? "object" : token === "[" ? "array" : token.startsWith('"') ? "string" : "other";
      const branch: Branch = { parent: at, name, index: at?.children.length ?? 0, depth: at === null ? 0 : at.depth + 1, kind, start, end: start + token.length, children: [] };
      name = null;
      at?.children.push(branch);
      root ??= branch;
      if (kind === "object" || kind === "array") at = branch;
    }
  }
  return root!;
}

export function isContainer({ kind }: Branch): boolean {
  return kind === "object" || kind === "array";
}

/** Unfolds a tree as far as a screen shows it, level by level. */
export function unfoldedAtFirst(root: Branch): Map<Branch, number> {
  const unfolded = new Map<Branch, number>();
  let lines = 1;
  const next = [root];
  for (let branch = next.shift(); branch !== undefined; branch = next.shift()) {
    const shown = Math.min(branch.children.length, VALUES_SHOWN);
    if (shown === 0 || (branch !== root && lines + shown > LINES_AT_FIRST)) continue;
    lines += shown;
    unfolded.set(branch, VALUES_SHOWN);
    next.push(...branch.children.slice(0, shown));
  }
  return unfolded;
}

/** Gives the lines that are shown. */
export function linesOf(root: Branch, unfolded: Unfolded): TreeLine[] {
  const lines: TreeLine[] = [];
  // What is still to be told, the next on top.
  const left: TreeLine[] = [{ branch: root, rest: 0 }];
  for (let line = left.pop(); line !== undefined; line = left.pop()) {
    lines.push(line);
    const shown = line.rest > 0 ? undefined : unfolded.get(line.branch);
    if (shown === undefined) continue;
    const { children } = line.branch;
    if (children.length > shown) left.push({ branch: line.branch, rest: children.length - shown });
    for (let index = Math.min(shown, children.length) - 1; index >= 0; index--) left.push({ branch: children[index]!, rest: 0 });
  }
  return lines;
}

/** Writes where a value stands, in the way of rules: `order.items[0].price`; empty for the root. */
export function pathOf(branch: Branch): string {
  const steps: string[] = [];
  for (let at = branch; at.parent !== null; at = at.parent) {
    if (at.name === null) steps.push(`[${at.index}]`);
    else if (/^"[A-Za-z_][\w-]*"$/.test(at.name)) steps.push(`.${at.name.slice(1, -1)}`);
    else steps.push(`[${at.name}]`);
  }
  return steps.reverse().join("").replace(/^\./, "");
}

/** Writes where a value stands if rules and tiles find it again there, else gives null. */
export function reachOf(branch: Branch): string | null {
  let steps = 0;
  for (let at = branch; at.parent !== null; at = at.parent) {
    if (++steps > STEPS_MAX) return null;
    if (at.name === null) continue;
    const name = String(JSON.parse(at.name));
    // The engine holds no half of a character, and of doubled names the last.
    if (/\p{Surrogate}/u.test(name) || at.parent.children.slice(at.index + 1).some((other) => JSON.parse(other.name!) === name)) return null;
  }
  return steps === 0 ? null : pathOf(branch);
}

/** Gives a single value as conditions of rules name it; null for containers and what no person compares with. */
export function wordOf(branch: Branch, text: string): string | null {
  const long = branch.end - branch.start > WORD_MAX;
  return isContainer(branch) || long ? null : valueOf(branch, text);
}

/** Tells whether a value is a number to charts: text that is nothing else is one too. */
export function isNumber(branch: Branch, text: string): boolean {
  const word = wordOf(branch, text)?.trim() ?? "";
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word) && Number.isFinite(Number(word));
}

/** Gives a value to copy: a text without its quotation marks, a container laid out over lines. */
export function valueOf(branch: Branch, text: string): string {
  const sent = text.slice(branch.start, branch.end);
  if (branch.kind === "string") return String(JSON.parse(sent));
  return pretty(sent) ?? sent;
}

/** Gives a single value as it was sent, as far as a line shows it. */
export function quoted(branch: Branch, text: string): string {
  const sent = text.slice(branch.start, Math.min(branch.end, branch.start + QUOTED_MAX));
  return branch.end - branch.start > QUOTED_MAX ? `${sent}…` : sent;
}
