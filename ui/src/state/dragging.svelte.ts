// A thing of a list that is dragged to another place: where it would go, decided by the middles of the others.

/** Gives the place that something dragged to a height would take; the middles are those of the list, from the top. */
export function placeAt(y: number, middles: readonly number[], from: number): number {
  const above = middles.filter((middle, index) => index !== from && middle < y).length;
  return Math.min(above, middles.length - 1);
}

export class Dragging {
  /** Its place when it was taken up, and the one it would go to. */
  current = $state.raw<{ key: number; from: number; to: number } | null>(null);
  readonly #drop: (key: number, to: number) => void;
  #middles: readonly number[] = [];

  constructor(drop: (key: number, to: number) => void) {
    this.#drop = drop;
  }

  /** Takes a thing up. */
  start(key: number, from: number, middles: readonly number[]): void {
    this.#middles = middles;
    this.current = { key, from, to: from };
  }

  move(y: number): void {
    if (this.current !== null) this.current = { ...this.current, to: placeAt(y, this.#middles, this.current.from) };
  }

  /** Puts it down where it is. */
  end(): void {
    const { current } = this;
    this.current = null;
    if (current !== null && current.to !== current.from) this.#drop(current.key, current.to);
  }

  /** Leaves everything as it was. */
  cancel(): void {
    this.current = null;
  }
}
