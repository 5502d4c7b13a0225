// What of a long list is in sight, and the event at its upper edge, by which what is read stays where it is.
import { type Block, type Heights, indexAt, type Layout, layOut, rowTop, visible } from "./layout";
import type { Listing } from "./listing.svelte";

export class Sight {
  top = $state(0);
  height = $state(0);
  heights = $state.raw<Heights>({ row: 52, day: 30 });
  readonly #list: Listing;
  /** The event at the upper edge and how much of it is above. */
  #anchor: { event: string; above: number } | null = null;

  readonly layout: Layout = $derived.by(() => layOut(this.#list.folded.days, this.#list.count, this.heights));
  readonly range: { from: number; to: number } = $derived.by(() => visible(this.layout, this.top, this.height, this.heights));
  readonly blocks: readonly Block[] = $derived.by(() => this.layout.blocks.filter((block) => block.top < this.top + this.height && block.top + block.height > this.top));

  constructor(list: Listing) {
    this.#list = list;
  }

  /** The pixels below what is in sight. */
  get below(): number {
    return this.layout.height - this.top - this.height;
  }

  shows(index: number): boolean {
    return index >= this.range.from && index < this.range.to;
  }

  topOf(index: number): number {
    return rowTop(this.layout, index, this.heights);
  }

  /** Gives the line before the first one that is in sight as a whole. */
  before(): number {
    return indexAt(this.layout, this.top + this.heights.day, this.heights) - 1;
  }

  /** Gives how far the list has to be scrolled so that a line is in sight. */
  scrollFor(index: number, scrolled: number): number {
    const at = this.topOf(index);
    // The day's name stays on top of the list and would cover the row.
    const above = index === 0 ? 0 : at - this.heights.day;
    return above < scrolled ? above : Math.max(scrolled, at + this.heights.row - this.height);
  }

  /** Takes in how far the list is scrolled. */
  scrolled(top: number): void {
    this.top = top;
    const index = indexAt(this.layout, top, this.heights);
    const line = this.#list.lineAt(index);
    this.#anchor = line === undefined || (top === 0 && !this.#list.isAway) ? null : { event: this.#list.shown(line).id, above: top - this.topOf(index) };
  }

  /** Gives how far the anchor moved where something above it came or went. */
  shift(): number {
    const index = this.#anchor === null ? -1 : this.#list.indexOf(this.#anchor.event);
    if (this.#anchor === null || index < 0) return 0;
    const shift = this.topOf(index) + this.#anchor.above - this.top;
    return Math.abs(shift) < 1 ? 0 : shift;
  }
}
