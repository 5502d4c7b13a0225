// What a person may mean with the term they are typing into the search box: filters, then their values. Pure.
import type { EventRow } from "../ipc/bindings";

/** What is typed instead of the term `[from, to)`; a filter without its value leaves more to choose. */
export type Suggestion = { readonly insert: string; readonly label: string; readonly hint: string; readonly open: boolean };
export type Suggestions = { readonly from: number; readonly to: number; readonly options: readonly Suggestion[] };

/** What can be suggested from what is there. */
export type Known = { readonly feeds: readonly string[]; readonly types: readonly string[]; readonly groups: readonly string[] };

/** The filters, with the values that are always the same. */
const FILTERS: Record<string, readonly string[]> = {
  "feed:": [],
  "type:": [],
  "group:": [],
  "priority:": ["urgent", "high+", "high", "normal", "low", "min"],
  "is:": ["unread", "read", "starred"],
  "has:": ["link"],
  "after:": ["1h", "1d", "7d", "30d"],
  "before:": ["1h", "1d", "7d", "30d"],
};

/** More than this is no quick choice. */
const OPTIONS_MAX = 8;
/** Rows whose types and groups are gathered: enough to meet every usual one. */
const ROWS_LOOKED_AT = 3_000;

/** Suggests for the term at a place in a text; `meaning` says what a filter does. */
export function suggest(text: string, caret: number, known: Known, meaning: (filter: string) => string): Suggestions {
  const { from, to } = termAt(text, caret);
  const typed = text.slice(from, caret);
  const minus = typed.startsWith("-") ? "-" : "";
  const term = typed.slice(minus.length).toLowerCase();
  const none = { from, to, options: [] };
  if (term === "") return none;
  const filter = Object.keys(FILTERS).find((each) => term.startsWith(each));
  if (filter === undefined) {
    const options = Object.keys(FILTERS).filter((each) => each.startsWith(term));
    return { from, to, options: options.map((each) => ({ insert: minus + each, label: each, hint: meaning(each), open: true })) };
  }
  const wanted = term.slice(filter.length).replaceAll('"', "");
  const there: Record<string, readonly string[]> = { "feed:": known.feeds, "type:": known.types, "group:": known.groups };
  const values = there[filter] ?? FILTERS[filter]!;
  // A value with a quotation mark in it can't be written.
  const fitting = values.filter((value) => value.toLowerCase().includes(wanted) && !value.includes('"'));
  // What is typed whole needs no suggestion.
  if (fitting.length === 1 && fitting[0]!.toLowerCase() === wanted) return none;
  fitting.sort((a, b) => Number(b.toLowerCase().startsWith(wanted)) - Number(a.toLowerCase().startsWith(wanted)));
  const options = fitting.slice(0, OPTIONS_MAX).map((value) => ({ insert: `${minus}${filter}${quote(value)} `, label: value, hint: "", open: false }));
  return { from, to, options };
}

/** Puts a suggestion in the place of its term; gives the text and where the caret stands then. */
export function accept(text: string, { from, to }: Suggestions, { insert }: Suggestion): { text: string; caret: number } {
  const rest = text.slice(to).replace(insert.endsWith(" ") ? /^\s+/ : /^/, "");
  return { text: text.slice(0, from) + insert + rest, caret: from + insert.length };
}

/** Gathers the event types and groups of the newest rows, oldest first as they are kept. */
export function metIn(rows: readonly EventRow[]): Pick<Known, "types" | "groups"> {
  const types = new Set<string>();
  const groups = new Set<string>();
  for (let index = rows.length - 1; index >= Math.max(0, rows.length - ROWS_LOOKED_AT); index--) {
    const { eventType, group } = rows[index]!;
    types.add(eventType);
    if (group !== null) groups.add(group);
  }
  return { types: [...types], groups: [...groups] };
}

/** Finds the term around a place; quotation marks keep blanks together. */
function termAt(text: string, caret: number): { from: number; to: number } {
  let from = 0;
  let quoted = false;
  for (let index = 0; index < caret; index++) {
    if (text[index] === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(text[index]!)) from = index + 1;
  }
  let to = caret;
  while (to < text.length && (quoted || !/\s/.test(text[to]!))) if (text[to++] === '"') quoted = !quoted;
  return { from, to };
}

function quote(value: string): string {
  return /[\s*]/.test(value) ? `"${value}"` : value;
}
