// What the engine says, found by its English in the language in use.

/** A sentence in a sentence in a sentence is the deepest there is. */
const DEEPEST = 3;

const plain = new Map<string, string>();
let holed: [english: RegExp, other: string][] = [];

/** Takes the engine's sentences of a language; a `{}` stands for the same words in both. */
export function learn(sentences: readonly [string, string][]): void {
  plain.clear();
  holed = [];
  for (const [english, other] of sentences) {
    if (!english.includes("{}")) plain.set(english, other);
    else holed.push([new RegExp(`^${english.split("{}").map(escaped).join("([^]*?)")}$`), other]);
  }
}

/** Gives a sentence of the engine; one that isn't known stays as it is. */
export function said(english: string, depth = DEEPEST): string {
  const known = plain.get(english);
  if (known !== undefined || depth === 0 || english === "") return known ?? english;
  for (const [pattern, other] of holed) {
    const found = pattern.exec(english);
    let hole = 0;
    if (found !== null) return other.replace(/\{\}/g, () => said(found[++hole]!, depth - 1));
  }
  return english;
}

function escaped(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
