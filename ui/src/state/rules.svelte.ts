// The list of rules: what is stored, what is done to it, and how often each would have decided lately.
import type { Backend } from "../ipc/backend";
import type { Failure, Rule, RuleFault, Trial } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { said, text } from "../text";

export type Entry = { readonly key: number; readonly rule: Rule };
type Tried = Extract<Trial, { kind: "tried" }>;
type Deleted = { readonly entry: Entry; readonly at: number };

export class RuleBook {
  entries = $state.raw<readonly Entry[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  /** Why the rules could not be read. */
  trouble = $state("");
  /** How they would have come out on the newest events. */
  tried = $state.raw<Tried | null>(null);
  /** What is wrong with those that were edited by hand. */
  faults = $state.raw<readonly RuleFault[]>([]);
  /** The rule that was deleted last and can be brought back. */
  deleted = $state.raw<Deleted | null>(null);
  readonly #backend: Backend;
  readonly #report: (failure: Failure) => void;
  #keys = 0;
  #turn = 0;
  /** What the engine has; a change that it refuses falls back to it. */
  #stored: readonly Entry[] = [];
  #saving: Promise<unknown> = Promise.resolve();

  constructor(backend: Backend, report: (failure: Failure) => void) {
    this.#backend = backend;
    this.#report = report;
  }

  get rules(): Rule[] {
    return this.entries.map(({ rule }) => rule);
  }

  async load(): Promise<void> {
    this.phase = "loading";
    try {
      const rules = await this.#backend.rules();
      this.#stored = this.entries = rules.map((rule) => this.#entry(rule));
      this.phase = "ready";
      await this.#try();
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
      this.phase = "failed";
    }
  }

  at(key: number): number {
    return this.entries.findIndex((entry) => entry.key === key);
  }

  /** The list with a rule in its place, or behind the others where its key is null. */
  with(key: number | null, rule: Rule): Rule[] {
    return key === null ? [...this.rules, rule] : this.entries.map((entry) => (entry.key === key ? rule : entry.rule));
  }

  /** Saves a rule that was filled in; gives what is wrong with the list then, and throws what else refuses it. */
  async put(key: number | null, rule: Rule): Promise<{ key: number; faults: RuleFault[] }> {
    const entry = key === null ? this.#entry(rule) : { key, rule };
    const next = key === null ? [...this.entries, entry] : this.entries.map((each) => (each.key === key ? entry : each));
    const faults = await this.#queue(() => this.#backend.setRules(next.map((each) => each.rule)));
    if (faults.length === 0) {
      this.#stored = this.entries = next;
      void this.#try();
    }
    return { key: entry.key, faults };
  }

  turn(key: number, on: boolean): Promise<boolean> {
    return this.#change(this.entries.map((entry) => (entry.key === key ? { key, rule: { ...entry.rule, off: !on } } : entry)));
  }

  /** Moves a rule to another place; tells whether there was one to go to. */
  move(key: number, to: number): Promise<boolean> {
    const from = this.at(key);
    if (from < 0 || to < 0 || to >= this.entries.length || from === to) return Promise.resolve(false);
    const next = this.entries.toSpliced(from, 1).toSpliced(to, 0, this.entries[from]!);
    return this.#change(next);
  }

  /** Puts a copy below a rule. */
  duplicate(key: number): Promise<boolean> {
    const at = this.at(key);
    const rule = $state.snapshot(this.entries[at]!.rule) as Rule;
    return this.#change(this.entries.toSpliced(at + 1, 0, this.#entry({ ...rule, name: text.rules.copyOf(rule.name) })));
  }

  async delete(key: number): Promise<void> {
    const at = this.at(key);
    const entry = this.entries[at]!;
    if (await this.#change(this.entries.toSpliced(at, 1))) this.deleted = { entry, at };
  }

  /** Brings the rule that was deleted last back to its place; gives it. */
  async undo(): Promise<Entry | null> {
    const { deleted } = this;
    if (deleted === null) return null;
    const back = await this.#change(this.entries.toSpliced(deleted.at, 0, deleted.entry));
    if (back) this.deleted = null;
    return back ? deleted.entry : null;
  }

  #entry(rule: Rule): Entry {
    return { key: this.#keys++, rule };
  }

  /** Shows a change at once and saves it; what was stored comes back where the engine refuses it. */
  async #change(next: readonly Entry[]): Promise<boolean> {
    this.entries = next;
    try {
      const faults = await this.#queue(() => this.#backend.setRules(next.map(({ rule }) => rule)));
      if (faults.length === 0) {
        this.#stored = next;
        void this.#try();
        return true;
      }
      const { rule, message } = faults[0]!;
      this.#report({ code: "invalid", field: null, message: text.rules.broken(rule + 1, next[rule]?.rule.name ?? "", said(message)) });
    } catch (thrown) {
      this.#report(failureOf(thrown));
    }
    this.entries = this.#stored;
    return false;
  }

  /** One save at a time: the last change is the last to be stored. */
  #queue<T>(save: () => Promise<T>): Promise<T> {
    const saved = this.#saving.then(save, save);
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #try(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const trial = await this.#backend.tryRules(this.rules, null);
      if (turn !== this.#turn) return;
      this.tried = trial.kind === "tried" ? trial : null;
      this.faults = trial.kind === "wrong" ? trial.faults : [];
    } catch {
      // The numbers are an extra; the list stands without them.
      if (turn === this.#turn) this.tried = null;
    }
  }
}
