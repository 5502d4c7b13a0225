// The searches that a person keeps by a name.
import type { Backend } from "../ipc/backend";
import type { SavedSearch } from "../ipc/bindings";

export class Searches {
  list = $state.raw<readonly SavedSearch[]>([]);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    this.list = await this.#backend.searches();
  }

  /** Gives the place of the search with this text, or -1. */
  indexOf(text: string): number {
    return text.trim() === "" ? -1 : this.list.findIndex((search) => search.text === text.trim());
  }

  async keep(name: string, text: string): Promise<void> {
    await this.#set([...this.list, { name: name.trim(), text: text.trim() }]);
  }

  async rename(index: number, name: string): Promise<void> {
    await this.#set(this.list.map((search, at) => (at === index ? { ...search, name: name.trim() } : search)));
  }

  async remove(index: number): Promise<void> {
    await this.#set(this.list.filter((_, at) => at !== index));
  }

  async #set(list: SavedSearch[]): Promise<void> {
    await this.#backend.setSearches(list);
    this.list = list;
  }
}

/** The search for the events of a feed's group. */
export function ofGroup(feed: string | null, group: string): string {
  return within(feed, `group:"${group}"`);
}

/** Says in a search in which feed it looks, so that it finds the same from anywhere. */
export function within(feed: string | null, text: string): string {
  // A name with a quotation mark can't be written as a filter.
  if (feed === null || feed.includes('"') || /(^|\s)feed:/i.test(text)) return text.trim();
  return `feed:${/\s/.test(feed) ? `"${feed}"` : feed} ${text.trim()}`;
}
