// What a person fills in to make or change a tile: choices out of what a feed was seen to send.
import type { FeedNumbers, Numbers, Shows, Tile } from "../ipc/bindings";
import { tileOf } from "./proposals";

/** Stands for a path that is typed. */
export const OTHER = "\u0000";

export class TileForm {
  feed = $state("");
  shows = $state<Shows>("number");
  /** One of the paths that were seen, or [`OTHER`]. */
  chosen = $state("");
  typed = $state("");
  /** The path of the condition; empty for none. */
  onlyPath = $state("");
  onlyEquals = $state("");
  label = $state("");
  unit = $state("");
  /** What the feed's newest events hold; null while that is looked up. */
  found = $state.raw<FeedNumbers | null>(null);
  readonly #numbers: (feed: string) => Promise<FeedNumbers>;
  readonly #nameOf: (feed: string) => string;
  #ownLabel = false;
  #ownUnit = false;
  /** Whether the path was chosen before: then it counts, seen or not. */
  #given: boolean;

  constructor(numbers: (feed: string) => Promise<FeedNumbers>, nameOf: (feed: string) => string, feed: string, tile: Tile | null, path = "") {
    this.#numbers = numbers;
    this.#nameOf = nameOf;
    this.feed = feed;
    this.#given = path !== "";
    this.chosen = path;
    if (tile !== null) {
      const { shows, path, only, label, unit } = tile;
      Object.assign(this, { shows, typed: path, chosen: path, onlyPath: only?.path ?? "", onlyEquals: only?.equals ?? "", label, unit });
      [this.#ownLabel, this.#ownUnit] = [true, true];
    }
  }

  /** The path that is meant. */
  get path(): string {
    if (this.shows === "rate") return "";
    return this.chosen === OTHER ? this.typed.trim() : this.chosen;
  }

  /** The numbers that make sense for what is shown. */
  get numbers(): readonly Numbers[] {
    const all = this.found?.numbers ?? [];
    return this.shows === "tasks" ? all.filter(({ min, max, keyed }) => min >= 0 && max <= 100 && keyed > 0) : all;
  }

  /** The texts that a condition can name. */
  get values(): readonly string[] {
    const seen = this.found?.choices.find(({ path }) => path === this.onlyPath)?.values ?? [];
    return this.onlyEquals === "" || seen.includes(this.onlyEquals) ? seen : [...seen, this.onlyEquals];
  }

  /** The paths of conditions: those seen, and the one that is set. */
  get conditions(): readonly string[] {
    const seen = this.found?.choices.map(({ path }) => path) ?? [];
    return this.onlyPath === "" || seen.includes(this.onlyPath) ? seen : [...seen, this.onlyPath];
  }

  /** Looks up what the feed sends, and chooses what is probably meant. */
  async look(): Promise<void> {
    const { feed, path } = this;
    this.found = null;
    const found = await this.#numbers(feed);
    if (feed !== this.feed) return;
    this.found = found;
    this.#choose(path);
  }

  /** Another feed was chosen. */
  async changeFeed(): Promise<void> {
    [this.onlyPath, this.onlyEquals] = ["", ""];
    this.#given = false;
    await this.look();
  }

  changeShows(): void {
    this.#choose(this.path);
  }

  changeOnly(): void {
    this.onlyEquals = this.values[0] ?? "";
    this.name();
  }

  changeLabel(): void {
    this.#ownLabel = this.label.trim() !== "";
  }

  changeUnit(): void {
    this.#ownUnit = true;
  }

  /** Names the tile after what it shows, unless a person has. */
  name(): void {
    const { shows, path, only } = this.tile();
    const named = shows === "number" ? tileOf(path, only) : { label: only?.equals ?? this.#nameOf(this.feed), unit: shows === "tasks" ? "%" : "" };
    if (!this.#ownLabel) this.label = named.label === "" ? this.#nameOf(this.feed) : named.label;
    if (!this.#ownUnit) this.unit = named.unit;
  }

  tile(): Tile {
    const only = this.onlyPath === "" || this.shows === "tasks" ? null : { path: this.onlyPath, equals: this.onlyEquals };
    return { feed: this.feed, shows: this.shows, path: this.path, only, label: this.label.trim(), unit: this.shows === "rate" ? "" : this.unit.trim() };
  }

  #choose(path: string): void {
    const known = this.numbers.some((each) => each.path === path);
    if (known) this.chosen = path;
    else if (path !== "" && (this.#ownLabel || this.#given)) [this.chosen, this.typed] = [OTHER, path];
    else this.chosen = this.numbers[0]?.path ?? OTHER;
    this.name();
  }
}
