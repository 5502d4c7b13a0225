// What a person fills in to make a rule, what is wrong with it, and how it would have come out.
import type { Backend } from "../ipc/backend";
import type { Comparison, EventRow, Failure, Priority, Rule, RuleFault, Seen } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { said, text } from "../text";
import { faultOf, type HoursDraft, hoursDraftOf, hoursOf, type QuietFault } from "./quiet";

export type TestRow = { key: number; path: string; is: Comparison; value: string };
/** A field that can be wrong; a comparison is named by its key. */
export type RuleField = "feeds" | "text" | "priority" | "sound" | QuietFault | `test${number}`;
export type PopupWish = "asSet" | "show" | "store";

/** What rules that were filled in would have done. */
export type Outcome = { of: number; held: number; popups: number; before: number };

/** Typing pauses this long between words. */
const TRY_AFTER_MS = 300;

export const BLANK: Rule = {
  name: "",
  off: false,
  when: { feeds: [], types: [], text: "", json: [], atLeast: null, atMost: null, hours: null },
  then: { popup: null, stays: false, priority: null, sound: null, read: false, star: false },
};

/** Begins a rule for events like one: of its feed and its type, or of its feed and with the same value in its data. */
export function ruleFor({ feed, eventType }: EventRow, value?: { path: string; value: string }): Rule {
  const like = value === undefined ? { types: [eventType] } : { json: [{ is: "equal" as const, ...value }] };
  return { ...BLANK, when: { ...BLANK.when, feeds: [feed], ...like } };
}

const POPUPS: Record<PopupWish, boolean | null> = { asSet: null, show: true, store: false };

export class RuleForm {
  name = $state("");
  anyFeed = $state(true);
  feeds = $state<string[]>([]);
  types = $state<string[]>([]);
  /** A type that is being written and counts as soon as there is something. */
  type = $state("");
  text = $state("");
  tests = $state<TestRow[]>([]);
  atLeast = $state<Priority | "">("");
  atMost = $state<Priority | "">("");
  hours = $state<HoursDraft>(hoursDraftOf(null));
  popup = $state<PopupWish>("asSet");
  stays = $state(false);
  priority = $state<Priority | "">("");
  sound = $state("");
  read = $state(false);
  star = $state(false);

  errors = $state<Partial<Record<RuleField, string>>>({});
  /** What can't be said beside a field. */
  failure = $state<string | null>(null);
  busy = $state(false);
  readonly #off: boolean;
  #keys = 0;

  constructor(rule: Rule) {
    const { when, then } = rule;
    this.#off = rule.off;
    this.name = rule.name;
    this.anyFeed = when.feeds.length === 0;
    this.feeds = [...when.feeds];
    this.types = [...when.types];
    this.text = when.text;
    this.tests = when.json.map((test) => ({ key: this.#keys++, ...test }));
    this.atLeast = when.atLeast ?? "";
    this.atMost = when.atMost ?? "";
    this.hours = hoursDraftOf(when.hours);
    this.popup = then.popup === null ? "asSet" : then.popup ? "show" : "store";
    this.stays = then.stays;
    this.priority = then.priority ?? "";
    this.sound = then.sound ?? "";
    this.read = then.read;
    this.star = then.star;
  }

  /** The rule as it is filled in. */
  rule(feedName: (id: string) => string): Rule {
    const types = this.type.trim() === "" || this.types.includes(this.type.trim()) ? this.types : [...this.types, this.type.trim()];
    const when = {
      feeds: this.anyFeed ? [] : [...this.feeds],
      types: [...types],
      text: this.text,
      json: this.tests.filter((row) => !blank(row)).map(({ path, is, value }) => ({ path: path.trim(), is, value })),
      atLeast: this.atLeast === "" ? null : this.atLeast,
      atMost: this.atMost === "" ? null : this.atMost,
      hours: hoursOf(this.hours),
    };
    const then = {
      popup: POPUPS[this.popup],
      stays: this.stays && this.popup !== "store",
      priority: this.priority === "" ? null : this.priority,
      sound: this.sound.trim() === "" || this.popup === "store" ? null : this.sound.trim(),
      read: this.read,
      star: this.star,
    };
    return { name: this.name.trim() === "" ? text.rules.unnamed(when, feedName) : this.name.trim(), off: this.#off, when, then };
  }

  /** The one feed it is about, or null for several or all. */
  get feed(): string | null {
    return !this.anyFeed && this.feeds.length === 1 ? this.feeds[0]! : null;
  }

  addTest(path = ""): void {
    this.tests.push({ key: this.#keys++, path, is: "equal", value: "" });
  }

  removeTest(key: number): void {
    this.tests = this.tests.filter((row) => row.key !== key);
    this.forget(`test${key}`);
  }

  /** Takes the type that was written or chosen into the list. */
  addType(type = this.type): void {
    this.type = "";
    if (type.trim() !== "" && !this.types.includes(type.trim())) this.types.push(type.trim());
  }

  /** Takes back what was said about a field, because it was edited. */
  forget(...fields: RuleField[]): void {
    for (const field of fields) delete this.errors[field];
  }

  /** Notes what the window knows to be wrong; tells whether it can be sent. */
  check(): boolean {
    this.errors = {};
    this.failure = null;
    if (!this.anyFeed && this.feeds.length === 0) this.errors.feeds = text.rules.form.noFeed;
    const wrong = faultOf(this.hours);
    if (wrong !== null) this.errors[wrong] = wrong === "days" ? text.notifications.noDay : text.notifications.time;
    return Object.keys(this.errors).length === 0;
  }

  /** Notes what the engine found wrong with it, being the rule at a place in the list. */
  take(faults: readonly RuleFault[], at: number, names: readonly string[]): void {
    for (const fault of faults) {
      const field = fault.rule === at ? this.#fieldOf(fault) : null;
      if (field !== null) this.errors[field] = said(fault.message);
      else this.failure = text.rules.broken(fault.rule + 1, names[fault.rule] ?? "", said(fault.message));
    }
  }

  fail(failure: Failure): void {
    this.failure = failure.message;
  }

  #fieldOf({ part, test }: RuleFault): RuleField | null {
    switch (part) {
      case "text":
      case "priority":
      case "sound":
        return part;
      case "hours":
        return "from";
      case "json": {
        const row = this.tests.filter((each) => !blank(each))[test ?? 0];
        return row === undefined ? null : `test${row.key}`;
      }
      case "list":
        return null;
    }
  }
}

/** How a rule would come out among others, tried again whenever it changes. */
export class Rehearsing {
  outcome = $state.raw<Outcome | null>(null);
  /** Why it can't be tried. */
  trouble = $state<string | null>(null);
  seen = $state.raw<Seen>({ types: [], values: [] });
  readonly #backend: Backend;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #seenOf: string | null | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Asks what a feed, or all, sent lately; an answer that doesn't come offers nothing. */
  async look(feed: string | null): Promise<void> {
    if (feed === this.#seenOf) return;
    this.#seenOf = feed;
    try {
      const seen = await this.#backend.seen(feed);
      if (feed === this.#seenOf) this.seen = seen;
    } catch {
      this.seen = { types: [], values: [] };
    }
  }

  /** Tries the rules with and without a change, after a pause in typing. */
  soon(before: readonly Rule[], after: readonly Rule[], at: number, feed: string | null): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(before, after, at, feed), TRY_AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#turn++;
  }

  async #run(before: readonly Rule[], after: readonly Rule[], at: number, feed: string | null): Promise<void> {
    const turn = ++this.#turn;
    try {
      const [old, trial] = await Promise.all([this.#backend.tryRules([...before], feed), this.#backend.tryRules([...after], feed)]);
      if (turn !== this.#turn) return;
      if (trial.kind === "wrong") {
        this.outcome = null;
        this.trouble = said((trial.faults.find(({ rule }) => rule === at) ?? trial.faults[0])?.message ?? "");
      } else {
        this.trouble = null;
        this.outcome = { of: trial.of, held: trial.held[at] ?? 0, popups: trial.popups, before: old.kind === "tried" ? old.popups : trial.popups };
      }
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.outcome = null;
      this.trouble = failureOf(thrown).message;
    }
  }
}

function blank(row: TestRow): boolean {
  return row.path.trim() === "" && row.value === "";
}
