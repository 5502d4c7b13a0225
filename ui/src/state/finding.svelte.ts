// A search: what is typed, what it found as far as that is loaded, and what is wrong with it.
import type { Backend } from "../ipc/backend";
import type { EventRow, Failure, SearchAnswer, Update } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { arrive, drop, forget, type History, historyOf, loadOlder, mark, ROWS_MAX, star, takeBack } from "./history";
import { said } from "../text";

/** What was found of the question that was answered last. */
export type Found = {
  readonly text: string;
  readonly history: History;
  /** From where older events are asked for. */
  readonly older: string | null;
  /** Newer events have not been looked through. */
  readonly until: string | null;
};

/** Why a text is no search: the word and where it stands in the text, and what mends it. */
export type Wrong = { readonly start: number; readonly end: number; readonly word: string; readonly message: string; readonly mend: string };

/** What a search has to know of the window around it. */
export type Standpoint = {
  feed(): string | null;
  /** The newest event there is. */
  newest(): string | null;
  report(failure: Failure): void;
};

/** What changes events that a list may hold. */
export type Change = Extract<Update, { kind: "read" | "starred" | "deleted" | "feedRemoved" }>;

/** Rows asked for at once: several screens, painted in a frame. */
const PAGE_ROWS = 200;
/** A pause in typing: shorter than thinking, longer than the next key takes. */
const TYPED_MS = 150;
/** A word that is still being typed isn't called wrong. */
const WRONG_AFTER_MS = 700;
/** What arrives is looked through at most this often. */
const CATCH_UP_MS = 1_000;

/** Splits a text into its terms; quotation marks keep blanks together. */
export function termsOf(text: string): string[] {
  return text.match(/(?:[^\s"]+|"[^"]*"?)+/g) ?? [];
}

export class Finding {
  typed = $state("");
  /** Null while the whole list is shown. */
  found = $state.raw<Found | null>(null);
  wrong = $state.raw<Wrong | null>(null);
  /** Whether an answer is on its way; until it is there, what was found before stays. */
  busy = $state(false);
  older = $state<"idle" | "loading" | "failed">("idle");

  readonly #backend: Backend;
  /** Changes of events that the answer on its way may not know. */
  #heard: Change[] = [];
  readonly #standpoint: Standpoint;
  /** Answers to an earlier question are not taken. */
  #question = 0;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #explaining: ReturnType<typeof setTimeout> | undefined;
  #catching: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, standpoint: Standpoint) {
    this.#backend = backend;
    this.#standpoint = standpoint;
  }

  /** Takes what was typed; the engine is asked when the typing pauses. */
  type(text: string): void {
    this.typed = text;
    this.#hush();
    if (text.trim() === "") this.clear();
    else this.#asking = setTimeout(() => void this.#ask(WRONG_AFTER_MS), TYPED_MS);
  }

  /** Asks at once. */
  async ask(): Promise<void> {
    this.#hush();
    if (this.typed.trim() === "") this.clear();
    else await this.#ask(0);
  }

  /** Shows the whole list. */
  clear(): void {
    this.#hush();
    clearTimeout(this.#catching);
    this.#catching = undefined;
    this.#question++;
    this.typed = "";
    this.found = null;
    this.busy = false;
    this.older = "idle";
  }

  /** Looks through another feed, or through all. */
  moved(): void {
    if (this.typed.trim() !== "") void this.ask();
  }

  has(term: string): boolean {
    return termsOf(this.typed.toLowerCase()).includes(term);
  }

  /** Adds a term, or takes it out. */
  toggle(term: string): void {
    const terms = termsOf(this.typed);
    const others = terms.filter((each) => each.toLowerCase() !== term);
    this.typed = (others.length < terms.length ? others : [...terms, term]).join(" ");
    void this.ask();
  }

  /** Loads the page below what is loaded of what was found. */
  async loadOlder(): Promise<void> {
    const { found } = this;
    if (found === null || found.older === null || this.busy || this.older === "loading") return;
    const question = this.#question;
    this.older = "loading";
    try {
      const answer = await this.#backend.search(found.text, found.history.feed, { kind: "older", id: found.older }, "newest", PAGE_ROWS);
      if (question !== this.#question || this.found === null) return;
      this.older = "idle";
      if (answer.kind === "wrong") return;
      const more = answer.older !== null && this.found.history.rows.length < ROWS_MAX;
      this.found = { ...this.found, history: loadOlder(this.found.history, answer.rows, more), older: more ? answer.older : null };
    } catch (thrown) {
      if (question !== this.#question) return;
      this.older = "failed";
      this.#standpoint.report(failureOf(thrown));
    }
  }

  /** Keeps what was found true to what was just heard. */
  follow(updates: readonly Update[]): void {
    for (const update of updates) this.#follow(update);
  }

  /** Takes rows back that were found before they were deleted. */
  restore(rows: readonly EventRow[]): void {
    if (rows.length === 0) return;
    const older = this.found?.older ?? null;
    this.#change((history) => takeBack(history, rows, older));
  }

  #follow(update: Update): void {
    switch (update.kind) {
      case "read":
      case "starred":
      case "deleted":
      case "feedRemoved":
        if (this.busy) this.#heard.push(update);
        return this.#change((history) => changed(history, update));
      case "restored":
        this.#heard = this.#heard.filter(({ kind }) => kind !== "deleted");
        return;
      case "arrived":
        if (this.found !== null) this.#catching ??= setTimeout(() => void this.#catchUp(), CATCH_UP_MS);
        return;
      case "snapshot":
        if (this.found !== null) void this.ask();
        return;
      case "feed":
      case "state":
      case "unread":
      case "paused":
      case "problems":
      case "open":
        return;
    }
  }

  #change(change: (history: History) => History): void {
    if (this.found === null) return;
    const history = change(this.found.history);
    if (history !== this.found.history) this.found = { ...this.found, history };
  }

  async #ask(explainAfterMs: number): Promise<void> {
    const question = ++this.#question;
    const [text, feed, until] = [this.typed.trimEnd(), this.#standpoint.feed(), this.#standpoint.newest()];
    this.busy = true;
    this.#heard = [];
    this.older = "idle";
    try {
      let answer = await this.#backend.search(text, feed, { kind: "newest" }, "newest", PAGE_ROWS);
      // The engine answers before it has looked through everything: what was found before stays until there is something to show.
      while (question === this.#question && answer.kind === "found" && answer.rows.length === 0 && answer.older !== null) {
        answer = await this.#backend.search(text, feed, { kind: "older", id: answer.older }, "newest", PAGE_ROWS);
      }
      if (question !== this.#question) return;
      this.busy = false;
      if (answer.kind === "wrong") this.#explain(wrongOf(text, answer), explainAfterMs);
      else this.#take({ text, history: historyOf(feed, answer.rows, answer.older !== null), older: answer.older, until });
    } catch (thrown) {
      if (question !== this.#question) return;
      this.busy = false;
      // What was found in one feed is no answer about another.
      if (this.found?.history.feed !== feed) this.found = null;
      this.#explain({ start: 0, end: 0, word: "", message: failureOf(thrown).message, mend: "" }, 0);
    }
  }

  #take(found: Found): void {
    this.found = { ...found, history: this.#heard.reduce(changed, found.history) };
    this.#heard = [];
  }

  /** Looks through what arrived since. */
  async #catchUp(): Promise<void> {
    this.#catching = undefined;
    const { found } = this;
    if (found === null || this.busy) return;
    const question = this.#question;
    const newest = this.#standpoint.newest();
    const place = found.until === null ? ({ kind: "newest" } as const) : ({ kind: "newer", id: found.until } as const);
    try {
      const answer = await this.#backend.search(found.text, found.history.feed, place, "newest", PAGE_ROWS);
      if (question !== this.#question || this.found === null || answer.kind === "wrong") return;
      this.#change((history) => arrive(history, answer.rows.toReversed()));
      this.found = { ...this.found, until: answer.newer ?? newest };
      if (answer.newer !== null) this.#catching ??= setTimeout(() => void this.#catchUp(), CATCH_UP_MS);
    } catch {
      // Nobody asked for it by hand: what arrives next asks again.
    }
  }

  #explain(wrong: Wrong, afterMs: number): void {
    if (afterMs === 0) this.wrong = wrong;
    else this.#explaining = setTimeout(() => (this.wrong = wrong), afterMs);
  }

  #hush(): void {
    clearTimeout(this.#asking);
    clearTimeout(this.#explaining);
    this.wrong = null;
  }
}

/** Gives a list of events after a change of some of them. */
export function changed(history: History, update: Change): History {
  switch (update.kind) {
    case "read":
      return mark(history, update.scope, update.read);
    case "starred":
      return star(history, update.id, update.starred);
    case "deleted":
      return drop(history, update.scope, update.until);
    case "feedRemoved":
      return forget(history, update.feed);
  }
}

function wrongOf(text: string, { start, end, message, mend }: Extract<SearchAnswer, { kind: "wrong" }>): Wrong {
  // The engine counts characters, a string here counts halves of some.
  const characters = [...text];
  const length = (until: number) => characters.slice(0, until).join("").length;
  return { start: length(start), end: length(end), word: characters.slice(start, end).join(""), message: said(message), mend: said(mend) };
}
