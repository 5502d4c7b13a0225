// What the palette shows: ranked by how well it fits what is typed, and what was used lately first. Pure, but for what is kept.

/** Something that can be chosen. */
export type Entry = {
  /** Names it for good. */
  id: string;
  label: string;
  /** What it is, or where it stands. */
  detail: string;
  /** Further words by which it is found. */
  also?: string;
  keys?: readonly string[];
  run: () => void;
};

/** More is found by typing on. */
export const SHOWN_MAX = 60;
/** What was used lately, as far as it is remembered. */
const RECENT_MAX = 6;
const KEPT = "palette";
/** A longer question finds nothing anyway. */
const ASKED_MAX = 80;
const WORDS_MAX = 16;

/** What fits within other words than the label's fits worse than whatever fits the label. */
const ALSO = 1_000;
/** What stands inside a word fits worse than what begins one. */
const INSIDE = 100;

/** Gives the entries that fit, the best first; without a question those used lately, then all in their order. */
export function rank(entries: readonly Entry[], asked: string, recent: readonly string[]): Entry[] {
  const terms = plain(asked.slice(0, ASKED_MAX)).split(" ").filter((term) => term !== "");
  const last = (entry: Entry) => {
    const at = recent.indexOf(entry.id);
    return at < 0 ? recent.length : at;
  };
  const fits = entries.map((entry, at) => ({ entry, at, cost: costOf(entry, terms) })).filter(({ cost }) => cost < Infinity);
  fits.sort((one, other) => one.cost - other.cost || last(one.entry) - last(other.entry) || one.at - other.at);
  return fits.slice(0, SHOWN_MAX).map(({ entry }) => entry);
}

/** Reads what was used lately. */
export function readRecent(kept: Pick<Storage, "getItem">): string[] {
  try {
    const read: unknown = JSON.parse(kept.getItem(KEPT) ?? "[]");
    return Array.isArray(read) ? read.filter((id) => typeof id === "string").slice(0, RECENT_MAX) : [];
  } catch {
    return [];
  }
}

/** Remembers what is used. */
export function remember(id: string, kept: Pick<Storage, "getItem" | "setItem">): void {
  try {
    kept.setItem(KEPT, JSON.stringify([id, ...readRecent(kept).filter((other) => other !== id)].slice(0, RECENT_MAX)));
  } catch {
    // The order is a comfort, nothing that has to be kept.
  }
}

function costOf({ label, also }: Entry, terms: readonly string[]): number {
  const [words, further] = [wordsOf(label), wordsOf(also ?? "")];
  let cost = 0;
  for (const term of terms) cost += Math.min(fit(term, words), ALSO + fit(term, further));
  // Of what fits alike, what says least else is meant.
  return terms.length === 0 ? 0 : cost + words.length / WORDS_MAX;
}

/** Tells how badly a term fits: by how many pieces it begins words, and how far on the first of them stands. */
function fit(term: string, words: readonly string[]): number {
  const known = new Map<number, number>();
  const pieces = (at: number, from: number): number => {
    if (at === term.length) return 0;
    if (from >= words.length) return Infinity;
    const key = at * WORDS_MAX + from;
    const before = known.get(key);
    if (before !== undefined) return before;
    const word = words[from]!;
    let least = pieces(at, from + 1);
    for (let taken = 1; taken <= word.length && word[taken - 1] === term[at + taken - 1]; taken++) least = Math.min(least, 1 + pieces(at + taken, from + 1));
    known.set(key, least);
    return least;
  };
  let best = Infinity;
  words.forEach((word, at) => {
    if (word[0] === term[0]) best = Math.min(best, 4 * pieces(0, at) + at + (word.startsWith(term) ? 0 : 1));
    if (word.includes(term)) best = Math.min(best, INSIDE + at);
  });
  return best;
}

function wordsOf(label: string): string[] {
  return plain(label).split(" ").filter((word) => word !== "").slice(0, WORDS_MAX);
}

/** Small letters without their marks; what is neither letter nor digit only parts words. */
function plain(words: string): string {
  return words.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
}
