// What a person chooses to stand for a feed: an emoji, or a picture that the program has taken.
import type { Backend } from "../ipc/backend";
import type { Failure, FeedIcon, IconDraft, Picture } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";

export class IconForm {
  emoji = $state("");
  picture = $state.raw<Picture | null>(null);
  busy = $state(false);
  readonly #backend: Backend;

  constructor(backend: Backend, icon: FeedIcon) {
    this.#backend = backend;
    if (icon.kind === "emoji") this.emoji = icon.emoji;
    if (icon.kind === "picture") this.picture = icon.picture;
  }

  /** As it would be shown; what is typed is no emoji yet, perhaps. */
  get shown(): FeedIcon {
    if (this.picture !== null) return { kind: "picture", picture: this.picture };
    const emoji = this.emoji.trim();
    return emoji === "" ? { kind: "none" } : { kind: "emoji", emoji };
  }

  get isSet(): boolean {
    return this.shown.kind !== "none";
  }

  type(emoji: string): void {
    this.emoji = emoji;
    if (emoji.trim() !== "") this.picture = null;
  }

  remove(): void {
    this.emoji = "";
    this.picture = null;
  }

  /** Has the person choose a picture; gives what is wrong with the one they chose. */
  async choose(): Promise<Failure | null> {
    if (this.busy) return null;
    this.busy = true;
    try {
      const picture = await this.#backend.choosePicture();
      if (picture !== null) {
        this.picture = picture;
        this.emoji = "";
      }
      return null;
    } catch (thrown) {
      return failureOf(thrown);
    } finally {
      this.busy = false;
    }
  }

  draft(): IconDraft {
    const shown = this.shown;
    return shown.kind === "picture" ? { kind: shown.kind, name: shown.picture.name } : shown;
  }
}
