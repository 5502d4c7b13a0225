// Which events of a list are chosen together, beyond the one that is read.
import type { EventRow } from "../ipc/bindings";
import type { Line } from "./folding";
import type { Listing } from "./listing.svelte";

export class Choosing {
  /** Empty while nothing is chosen but what is read. */
  #ids = $state.raw<ReadonlySet<string>>(new Set());
  /** The event where a range begins. */
  #from: string | null = null;
  readonly #list: Listing;

  constructor(list: Listing) {
    this.#list = list;
  }

  get count(): number {
    return this.#ids.size;
  }

  has(line: Line): boolean {
    // A run that went on since is still chosen.
    return this.#ids.has(this.#list.oldest(line).id);
  }

  /** Gives the chosen events that are still in the list, newest first. */
  rows(): EventRow[] {
    const rows: EventRow[] = [];
    for (const line of this.#list.folded.lines) if (this.has(line)) rows.push(...this.#list.rows(line));
    return rows;
  }

  /** Adds a line or takes it out; the one that is read is the first of several. */
  toggle(index: number, read: number): void {
    const ids = new Set(this.#ids);
    if (ids.size === 0 && read >= 0 && read !== index) this.#add(ids, read);
    const line = this.#list.lineAt(index);
    if (line === undefined) return;
    if (this.has(line)) for (const { id } of this.#list.rows(line)) ids.delete(id);
    else this.#add(ids, index);
    this.#from = this.#list.headAt(index)?.id ?? null;
    this.#ids = ids;
  }

  /** Chooses from where the choice began, else from `start`, to a line. */
  reach(index: number, start: number): void {
    const known = this.#list.indexOf(this.#from);
    const from = this.#ids.size > 0 && known >= 0 ? known : start < 0 ? index : start;
    this.#from = this.#list.headAt(from)?.id ?? null;
    const ids = new Set<string>();
    for (let at = Math.min(from, index); at <= Math.max(from, index); at++) this.#add(ids, at);
    this.#ids = ids;
  }

  /** Chooses all that is loaded and shown. */
  all(): void {
    const ids = new Set<string>();
    for (let at = 0; at < this.#list.count; at++) this.#add(ids, at);
    this.#ids = ids;
  }

  clear(): void {
    this.#from = null;
    if (this.#ids.size > 0) this.#ids = new Set();
  }

  #add(ids: Set<string>, index: number): void {
    const line = this.#list.lineAt(index);
    if (line !== undefined) for (const { id } of this.#list.rows(line)) ids.add(id);
  }
}
