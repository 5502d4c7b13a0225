// Charts that follow what arrives: those in sight are asked for once a second at most, and only where something came.
import type { Backend } from "../ipc/backend";
import type { Bucket, Line, Series, Span, Task } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { merge, type RangeName, since, spanAt } from "./series";

/** Faster than this a number can't be read. */
const TURN_MS = 1_000;
/** Lines asked for at once; the engine takes some more. */
const LINES = 32;
/** Tasks kept in mind, as many as the engine tells of. */
const TASKS = 12;
/** Turns that are left out after one failed. */
const REST_TURNS = 5;

/** What is known of a line. */
export type Known = {
  buckets: readonly Bucket[];
  tasks: readonly Task[];
  wrong: string | null;
  /** Of how many events how many were read, where it weren't all. */
  sample: { looked: number; of: number } | null;
  range: RangeName;
  /** All events up to this one are in it. */
  until: string;
};

type Seen = { line: Line; count: number };

export class Charting {
  range = $state.raw<RangeName>("minutes");
  /** Moves on by whole buckets, so that nothing is drawn anew for less. */
  span = $state.raw<Span>({ fromMs: 0, toMs: 0, widthMs: 1 });
  /** Why nothing could be asked. */
  trouble = $state<string | null>(null);

  readonly points: number;
  readonly #backend: Pick<Backend, "chart">;
  readonly #newest: () => string | null;
  #known = $state.raw<ReadonlyMap<string, Known>>(new Map());
  readonly #seen = new Map<string, Seen>();
  #asking = false;
  #resting = 0;

  /** Asks for so many points a line; `newest` is the number of the newest event that the window knows of. */
  constructor(backend: Pick<Backend, "chart">, points: number, newest: () => string | null, range: RangeName = "minutes") {
    this.#backend = backend;
    this.points = points;
    this.#newest = newest;
    this.range = range;
    this.span = spanAt(range, points, Date.now());
  }

  /** Gives what is known of a line; undefined before the first answer. */
  of(line: Line): Known | undefined {
    return this.#known.get(keyOf(line));
  }

  /** Looks back as far as this. */
  look(range: RangeName): void {
    this.range = range;
    this.span = spanAt(range, this.points, Date.now());
    void this.turn();
  }

  /** Follows a line while it is in sight; the answer ends that. */
  follow(line: Line): () => void {
    const key = keyOf(line);
    const seen = this.#seen.get(key) ?? { line: bare(line), count: 0 };
    seen.count++;
    this.#seen.set(key, seen);
    // All that come into sight together are asked for together.
    if (!this.#known.has(key)) queueMicrotask(() => void this.turn());
    return () => {
      seen.count--;
      if (seen.count === 0) this.#seen.delete(key);
    };
  }

  /** Asks again at once after it failed. */
  retry(): void {
    this.#resting = 0;
    void this.turn();
  }

  /** Follows time and events until the answer is called. */
  start(): () => void {
    const turn = () => void this.turn();
    const timer = setInterval(turn, TURN_MS);
    document.addEventListener("visibilitychange", turn);
    turn();
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", turn);
    };
  }

  /** Asks once for what is due; does nothing while nobody can see it. */
  async turn(): Promise<void> {
    if (document.hidden || this.#asking) return;
    if (this.#resting > 0) {
      this.#resting--;
      return;
    }
    this.#asking = true;
    try {
      const span = spanAt(this.range, this.points, Date.now());
      if (span.fromMs !== this.span.fromMs || span.widthMs !== this.span.widthMs) this.span = span;
      for (const [after, lines] of this.#due()) {
        for (let at = 0; at < lines.length; at += LINES) await this.#ask(lines.slice(at, at + LINES), after);
      }
      this.trouble = null;
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
      this.#resting = REST_TURNS;
    }
    this.#asking = false;
    // What came into sight meanwhile, or another range, waits for no second.
    if (this.trouble === null && [...this.#seen].some(([key]) => this.#known.get(key)?.range !== this.range)) queueMicrotask(() => void this.turn());
  }

  /** The lines to ask for, by the event up to which they are known; an empty text for those to be asked for whole. */
  #due(): Map<string, Line[]> {
    const newest = this.#newest();
    const due = new Map<string, Line[]>();
    for (const [key, { line }] of this.#seen) {
      const known = this.#known.get(key);
      const after = known?.range === this.range ? known.until : "";
      if (after !== "" && (newest === null || Number(newest) <= Number(after))) continue;
      due.set(after, [...(due.get(after) ?? []), line]);
    }
    return due;
  }

  async #ask(lines: Line[], after: string): Promise<void> {
    const { range, span } = this;
    const { series, until } = await this.#backend.chart(lines, span, after === "" ? null : after);
    if (range !== this.range) return;
    const all = new Map(this.#known);
    series.forEach((one, index) => {
      const key = keyOf(lines[index]!);
      const known = after === "" ? undefined : all.get(key);
      const next = known === undefined ? whole(one) : further(known, one, span.fromMs);
      // More came than an answer holds: all of it has to be asked for again.
      if (next === null) all.set(key, { ...known!, until: "" });
      else all.set(key, { ...next, range, until });
    });
    this.#known = all;
  }
}

function whole({ buckets, tasks, wrong, looked, of }: Series): Omit<Known, "range" | "until"> {
  return { buckets, tasks, wrong, sample: looked < of ? { looked, of } : null };
}

function further(known: Known, { buckets, tasks, wrong, looked, of }: Series, fromMs: number): Omit<Known, "range" | "until"> | null {
  if (looked < of) return null;
  const kept = new Set(tasks.map(({ key }) => key));
  return {
    buckets: since(buckets.length === 0 ? known.buckets : merge(known.buckets, buckets), fromMs),
    tasks: tasks.length === 0 ? known.tasks : [...tasks, ...known.tasks.filter(({ key }) => !kept.has(key))].slice(0, TASKS),
    wrong,
    sample: known.sample,
  };
}

/** What tells a line from others. */
export function keyOf({ feed, shows, path, only }: Line): string {
  return JSON.stringify([feed, shows, path, only?.path, only?.equals]);
}

/** A line without what else a tile has. */
function bare({ feed, shows, path, only }: Line): Line {
  return { feed, shows, path, only };
}
