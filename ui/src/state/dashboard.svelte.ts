// The dashboard's tiles: those a person has made, or those proposed by what the feeds send until then.
import type { Feed, FeedNumbers, Tile } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";
import { text } from "../text";
import { Charting } from "./charting.svelte";
import { PROPOSED_MAX, propose } from "./proposals";
import type { Session } from "./session.svelte";

/** Points of a small drawing: one for every other pixel. */
const SMALL_POINTS = 120;
/** Feeds that are looked through for proposals. */
const LOOKED_THROUGH = 24;

export class Dashboard {
  /** What a person has made; null where they have made nothing yet, undefined before it is known. */
  made = $state.raw<readonly Tile[] | null | undefined>(undefined);
  proposed = $state.raw<readonly Tile[]>([]);
  /** Whether the feeds are being looked through. */
  looking = $state(false);
  trouble = $state<string | null>(null);
  readonly charting: Charting;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
    this.charting = new Charting(session.backend, SMALL_POINTS, () => session.world.all.rows.at(-1)?.id ?? null);
  }

  /** The tiles that are shown, without those of feeds that were just removed. */
  get tiles(): readonly Tile[] {
    const feeds = new Set(this.#session.feeds.map(({ id }) => id));
    return (this.made ?? this.proposed).filter(({ feed }) => feeds.has(feed));
  }

  /** Whether the tiles are proposals that nobody has kept. */
  get isProposal(): boolean {
    return this.made === null && this.proposed.length > 0;
  }

  async load(): Promise<void> {
    try {
      this.made = await this.#session.backend.tiles();
      this.trouble = null;
      if (this.made === null) await this.suggest();
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
    }
  }

  /** Looks for numbers in what the feeds send; what is proposed already stays where it is. */
  async suggest(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const known = new Set(this.proposed.map(({ feed }) => feed));
    const feeds = this.#session.feeds.filter(({ enabled, id }) => enabled && !known.has(id)).slice(0, LOOKED_THROUGH);
    const found = await Promise.all(feeds.map(({ id }) => this.numbers(id)));
    const more = propose(feeds.map((feed, index) => ({ feed: feed.id, name: feed.name, found: found[index]! })));
    if (more.length > 0) this.proposed = [...this.proposed, ...more].slice(0, PROPOSED_MAX);
    this.looking = false;
  }

  /** Shows proposals in the place of no tiles at all. */
  async suggestAgain(): Promise<void> {
    await this.suggest();
    if (this.proposed.length === 0) this.#session.notices.say(text.dashboard.nothingSuggested);
    else this.made = null;
  }

  /** The numbers of a feed; none where they can't be had. */
  async numbers(feed: Feed["id"]): Promise<FeedNumbers> {
    try {
      return await this.#session.backend.numbers(feed);
    } catch {
      return { of: 0, numbers: [], choices: [] };
    }
  }

  /** Keeps tiles; where that fails, those of before come back. */
  async keep(tiles: readonly Tile[]): Promise<boolean> {
    const before = this.made;
    this.made = tiles;
    const kept = await this.#session.ask(this.#session.backend.setTiles([...tiles]));
    if (!kept && this.made === tiles) this.made = before;
    return kept;
  }

  /** Puts a tile in the place of one, or behind all; rejects where that can't be kept. */
  async put(tile: Tile, at: number | null): Promise<void> {
    const tiles = at === null ? [...this.tiles, tile] : this.tiles.map((each, index) => (index === at ? tile : each));
    await this.#session.backend.setTiles(tiles);
    this.made = tiles;
  }

  remove(tile: Tile): Promise<boolean> {
    return this.keep(this.tiles.filter((each) => each !== tile));
  }

  /** The tiles with one of them at another place. */
  moved(tile: Tile, to: number): readonly Tile[] {
    const rest = this.tiles.filter((each) => each !== tile);
    return [...rest.slice(0, to), tile, ...rest.slice(to)];
  }

  /** Moves a tile by some places and says where it is. */
  async step(tile: Tile, by: number): Promise<void> {
    const { tiles } = this;
    const to = Math.max(0, Math.min(tiles.indexOf(tile) + by, tiles.length - 1));
    if (to === tiles.indexOf(tile)) return;
    if (await this.keep(this.moved(tile, to))) this.#session.notices.aside = text.dashboard.moved(tile.label, to + 1, tiles.length);
  }
}
