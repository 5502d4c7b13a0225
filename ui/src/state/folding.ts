// Folds a list of events: states of the same thing, or events of one group, that follow one another share a line. Pure.
import type { EventRow } from "../ipc/bindings";
import { dayKey, type Day, type History } from "./history";

/** The states of one thing, or the events of one group, newest first, as places among the rows. */
export type Run = {
  readonly members: number[];
  /** Its place among the lines. */
  line: number;
  open: boolean;
};

/** A line of the list: an event, a folded run, or one of an unfolded run's states. */
export type Line = { readonly at: number; readonly run: Run | null; readonly inner: boolean };

export type Folded = {
  /** Newest on top. */
  readonly lines: readonly Line[];
  /** The days with their lines, oldest first. */
  readonly days: readonly Day[];
  /** The line of each row. */
  readonly places: Int32Array;
};

/** What waits above what is shown. */
export type Ahead = {
  /** The run that a waiting row belongs to, where it is shown folded. */
  readonly taken: ReadonlyMap<number, Run>;
  /** The states of a run that wait, oldest first. */
  readonly fresh: ReadonlyMap<Run, readonly number[]>;
};

/** So many other things may speak between two states of a thing: a table of prices folds, yesterday's delivery doesn't. */
const SPREAD = 12;
/** Things that speak within this time of one another keep their order, so that their lines don't change places. */
const TOGETHER_MS = 5_000;

/** Folds the oldest `count` rows and remembers the answer; a run is open where one of `opened` is among its states. */
export class Folding {
  #order: object | null = null;
  #count = -1;
  #opened: ReadonlySet<string> | null = null;
  #folded: Folded = { lines: [], days: [], places: new Int32Array() };
  #recent: Run[] = [];
  #until = 0;
  #taken = new Map<number, Run>();
  #fresh = new Map<Run, number[]>();

  of(history: History, count: number, opened: ReadonlySet<string>): Folded {
    if (this.#order === history.order && this.#count === count && this.#opened === opened) return this.#folded;
    [this.#order, this.#count, this.#opened] = [history.order, count, opened];
    const { rows } = history;
    const days: Day[] = [];
    const lines: Line[] = [];
    const places = new Int32Array(count);
    this.#recent = [];
    let end = count;
    for (let index = history.days.length - 1, hidden = rows.length - count; index >= 0; index--) {
      const day = history.days[index]!;
      const shown = day.count - Math.min(hidden, day.count);
      hidden -= day.count - shown;
      if (shown === 0) continue;
      const runs = runsOf(rows, end - shown, end);
      if (end === count) this.#recent = runs.slice(0, SPREAD);
      const before = lines.length;
      settle(rows, runs);
      for (const run of runs) layOut(run, rows, opened, lines, places);
      days.unshift({ ...day, count: lines.length - before });
      end -= shown;
    }
    this.#until = count;
    this.#taken = new Map();
    this.#fresh = new Map();
    this.#folded = { lines, days, places };
    return this.#folded;
  }

  /** Gives what waits above the rows that were folded last, and fits a line among them. */
  ahead(history: History): Ahead {
    const { rows } = history;
    const top = rows[this.#count - 1];
    const today = top === undefined ? null : dayKey(top.receivedAtMs);
    for (; this.#until < rows.length; this.#until++) {
      const row = rows[this.#until]!;
      const recent = this.#recent;
      const at = !folds(row) || dayKey(row.receivedAtMs) !== today ? -1 : recent.findIndex((run) => isSame(row, rows[run.members[0]!]!));
      const run = at < 0 ? { members: [this.#until], line: -1, open: false } : recent.splice(at, 1)[0]!;
      recent.unshift(run);
      recent.length = Math.min(recent.length, SPREAD);
      if (run.line < 0 || run.open) continue;
      this.#taken.set(this.#until, run);
      const fresh = this.#fresh.get(run);
      if (fresh === undefined) this.#fresh.set(run, [this.#until]);
      else fresh.push(this.#until);
    }
    return { taken: this.#taken, fresh: this.#fresh };
  }
}

function folds({ group, key }: EventRow): boolean {
  return group !== null || key !== null;
}

/** What an event stands with: its group, else the thing it is a state of. */
function isSame(one: EventRow, other: EventRow): boolean {
  return one.feed === other.feed && one.group === other.group && (one.group !== null || one.key === other.key);
}

/** Finds the runs among the rows `[from, to)`, the one with the newest row first. */
function runsOf(rows: readonly EventRow[], from: number, to: number): Run[] {
  const runs: Run[] = [];
  // Things that spoke lately, the last first.
  const recent: Run[] = [];
  for (let index = to - 1; index >= from; index--) {
    const row = rows[index]!;
    const at = !folds(row) ? -1 : recent.findIndex((run) => isSame(row, rows[run.members[0]!]!));
    if (at >= 0) {
      const [run] = recent.splice(at, 1);
      run!.members.push(index);
      recent.unshift(run!);
      continue;
    }
    const run: Run = { members: [index], line: -1, open: false };
    runs.push(run);
    recent.unshift(run);
    if (recent.length > SPREAD) recent.pop();
  }
  return runs;
}

/** Gives runs that go on side by side an order that the next state of one of them doesn't change. */
function settle(rows: readonly EventRow[], runs: Run[]): void {
  for (let start = 0, end = 1; end <= runs.length; end++) {
    if (end < runs.length && isBeside(rows, runs[end - 1]!, runs[end]!)) continue;
    if (end - start > 1) {
      const beside = runs.slice(start, end).sort((a, b) => compareThings(rows[a.members[0]!]!, rows[b.members[0]!]!));
      runs.splice(start, beside.length, ...beside);
    }
    start = end;
  }
}

function isBeside(rows: readonly EventRow[], newer: Run, older: Run): boolean {
  if (newer.members.length < 2 || older.members.length < 2) return false;
  const overlap = newer.members.at(-1)! < older.members[0]!;
  return overlap && rows[newer.members[0]!]!.receivedAtMs - rows[older.members[0]!]!.receivedAtMs < TOGETHER_MS;
}

function compareThings(a: EventRow, b: EventRow): number {
  if (a.feed !== b.feed) return a.feed < b.feed ? -1 : 1;
  return (a.group ?? a.key ?? "") < (b.group ?? b.key ?? "") ? -1 : 1;
}

function layOut(run: Run, rows: readonly EventRow[], opened: ReadonlySet<string>, lines: Line[], places: Int32Array): void {
  const { members } = run;
  const many = members.length > 1;
  run.line = lines.length;
  run.open = many && opened.size > 0 && members.some((at) => opened.has(rows[at]!.id));
  lines.push({ at: members[0]!, run: many ? run : null, inner: false });
  places[members[0]!] = run.line;
  for (let index = 1; index < members.length; index++) {
    const at = members[index]!;
    places[at] = run.open ? lines.length : run.line;
    if (run.open) lines.push({ at, run, inner: true });
  }
}
