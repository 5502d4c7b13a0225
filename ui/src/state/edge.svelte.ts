// How far up a list is shown: what arrives while a person reads waits above, so that nothing moves.
import { countUpTo, type History } from "./history";

/** While events pour in, the list is redrawn four times a second: it can still be read. */
const REVEAL_EVERY_MS = 250;

export class Edge {
  /** The newest event that is shown. */
  #id = $state.raw<string | null>(null);
  #heldUntilMs = $state(0);
  #scrolled = $state(false);
  #revealedAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #history: () => History;

  constructor(history: () => History) {
    this.#history = history;
    this.#reveal();
  }

  /** How many of the loaded events are shown, counted from the oldest. */
  get shown(): number {
    const { rows, newer } = this.#history();
    // Nothing arrives in a list that ends below the newest event.
    return this.#id === null || newer === true ? rows.length : countUpTo(rows, this.#id);
  }

  /** How many events wait above, while something keeps them there. */
  get waiting(): number {
    return this.#scrolled || this.#heldUntilMs > 0 ? this.#history().rows.length - this.shown : 0;
  }

  /** Says whether the view is away from the top. */
  scrolled(away: boolean): void {
    if (this.#scrolled === away) return;
    this.#scrolled = away;
    this.advance();
  }

  /** Keeps the list as it is for a while, because a person is at it. */
  hold(ms: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, Date.now() + ms);
    this.advance();
  }

  /** Shows everything. */
  release(): void {
    this.#heldUntilMs = 0;
    this.#scrolled = false;
    this.#reveal();
  }

  /** Ends what `hold` asked for. */
  letGo(): void {
    this.#heldUntilMs = 0;
    this.advance();
  }

  /** Shows what arrived as soon as nothing keeps it back. */
  advance(): void {
    clearTimeout(this.#timer);
    if (this.#scrolled) return;
    const nowMs = Date.now();
    const dueMs = Math.max(this.#heldUntilMs, this.#revealedAtMs + REVEAL_EVERY_MS);
    if (dueMs <= nowMs) this.#reveal();
    else this.#timer = setTimeout(() => this.advance(), dueMs - nowMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #reveal(): void {
    clearTimeout(this.#timer);
    this.#heldUntilMs = 0;
    this.#revealedAtMs = Date.now();
    const { rows, newer } = this.#history();
    if (newer !== true) this.#id = rows.at(-1)?.id ?? null;
  }
}
