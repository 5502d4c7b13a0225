// The lines of the list: what is shown of it, what is folded, and which events each line stands for.
import { untrack } from "svelte";

import type { EventRow } from "../ipc/bindings";
import { Edge } from "./edge.svelte";
import { type Ahead, type Folded, Folding, type Line } from "./folding";
import { countUpTo, type History } from "./history";

export class Listing {
  readonly edge: Edge;
  /** A state of each run that is unfolded. */
  #opened = $state.raw<ReadonlySet<string>>(new Set());
  readonly #folding = new Folding();
  readonly #history: () => History;
  readonly #covered: () => boolean;
  #held: History;

  /** The list as far as somebody sees it: under another place it stays as it was. */
  readonly history: History = $derived.by(() => (this.#covered() ? this.#held : (this.#held = this.#history())));
  readonly folded: Folded = $derived.by(() => {
    const { history } = this;
    return this.#folding.of(history, Math.min(this.edge.shown, history.rows.length), this.#opened);
  });
  readonly #ahead: Ahead = $derived.by(() => {
    void this.folded;
    return this.#folding.ahead(this.history);
  });

  constructor(history: () => History, covered: () => boolean = () => false) {
    this.#history = history;
    this.#covered = covered;
    this.#held = untrack(history);
    this.edge = new Edge(() => this.history);
  }

  /** Whether the list ends below the newest event. */
  get isAway(): boolean {
    return this.history.newer === true;
  }

  get count(): number {
    return this.folded.lines.length;
  }

  /** How many events wait above that fit no line that is shown. */
  get waiting(): number {
    return Math.max(0, this.edge.waiting - this.#ahead.taken.size);
  }

  lineAt(index: number): Line | undefined {
    return this.folded.lines[index];
  }

  /** Gives the line that shows an event, or has it folded in. */
  indexOf(event: string | null): number {
    if (event === null) return -1;
    const { rows } = this.history;
    const at = countUpTo(rows, event) - 1;
    if (rows[at]?.id !== event) return -1;
    return at < this.folded.places.length ? this.folded.places[at]! : (this.#ahead.taken.get(at)?.line ?? -1);
  }

  /** Gives the row a line showed when it was laid out. */
  shown(line: Line): EventRow {
    return this.#row(line.at);
  }

  /** Gives the row that a line shows. */
  head(line: Line): EventRow {
    return this.#row((isFolded(line) ? this.#ahead.fresh.get(line.run)?.at(-1) : undefined) ?? line.at);
  }

  headAt(index: number): EventRow | undefined {
    const line = this.lineAt(index);
    return line === undefined ? undefined : this.head(line);
  }

  /** Gives the first state of the run that a line stands for, else its event. */
  oldest(line: Line): EventRow {
    return this.#row(isFolded(line) ? line.run.members.at(-1)! : line.at);
  }

  /** Gives the rows that a line stands for, the newest first. */
  rows(line: Line): EventRow[] {
    if (!isFolded(line)) return [this.#row(line.at)];
    const fresh = this.#ahead.fresh.get(line.run) ?? [];
    return [...fresh].reverse().concat(line.run.members).map((at) => this.#row(at));
  }

  /** Gives the events that are dealt with by reading a line: what it shows and earlier states of that, not the rest of its group. */
  dealtWith(line: Line): EventRow[] {
    const [head, ...rest] = this.rows(line);
    return [head!, ...rest.filter(({ group, key }) => group === null || (key !== null && key === head!.key))];
  }

  isUnread(line: Line): boolean {
    if (!isFolded(line)) return !this.#row(line.at).read;
    const isNew = (at: number) => !this.#row(at).read;
    return line.run.members.some(isNew) || (this.#ahead.fresh.get(line.run)?.some(isNew) ?? false);
  }

  /** Counts the states of the run that a line stands for. */
  states({ run }: Line): number {
    return run === null ? 1 : run.members.length + (this.#ahead.fresh.get(run)?.length ?? 0);
  }

  /** Tells whether a run may have earlier states that aren't loaded. */
  isCut({ run }: Line): boolean {
    return run !== null && run.members.at(-1) === 0 && this.history.more;
  }

  /** Names a line; a run keeps its name while it goes on. */
  key({ at, run, inner }: Line): string {
    return inner ? `${this.#row(at).id}-` : this.#row(run?.members.at(-1) ?? at).id;
  }

  /** Unfolds a run or folds it; gives its newest state, or null where nothing changes. */
  unfold(index: number, wanted: boolean): string | null {
    const run = this.lineAt(index)?.run;
    if (run == null || run.open === wanted) return null;
    const head = this.#row(run.members[0]!).id;
    const states = new Set(run.members.map((at) => this.#row(at).id));
    this.#opened = wanted ? new Set(this.#opened).add(head) : new Set([...this.#opened].filter((id) => !states.has(id)));
    return head;
  }

  #row(at: number): EventRow {
    return this.history.rows[at]!;
  }
}

/** Tells whether a line stands for more than the event it shows. */
function isFolded(line: Line): line is Line & { run: NonNullable<Line["run"]> } {
  return line.run !== null && !line.inner && !line.run.open;
}
