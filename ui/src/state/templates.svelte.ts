// A feed's templates as they are written: stored ones, what is wrong with each, and how the last events would read.
import type { Backend } from "../ipc/backend";
import type { Seen, TemplateFault, TemplatePart, TemplatePreview, Templates } from "../ipc/bindings";
import { failureOf } from "../ipc/failure";

export const PARTS: readonly TemplatePart[] = ["title", "body", "link", "priority", "key", "group"];

const NONE: Templates = { title: "", body: "", link: "", priority: "", key: "", group: "" };
/** Typing pauses this long between words. */
const TRY_AFTER_MS = 300;

export class TemplateForm {
  texts = $state<Templates>({ ...NONE });
  faults = $state<Partial<Record<TemplatePart, TemplateFault>>>({});
  previews = $state.raw<readonly TemplatePreview[] | null>(null);
  /** Why nothing can be shown or saved. */
  trouble = $state<string | null>(null);
  seen = $state.raw<Seen>({ types: [], values: [] });
  phase = $state<"unread" | "loading" | "ready">("unread");
  open = $state(false);
  readonly #backend: Backend;
  readonly #feed: string;
  #stored: Templates = NONE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(backend: Backend, feed: string) {
    this.#backend = backend;
    this.#feed = feed;
  }

  get changed(): boolean {
    return PARTS.some((part) => this.texts[part] !== this.#stored[part]);
  }

  /** The parts that have a template. */
  get set(): TemplatePart[] {
    return PARTS.filter((part) => this.texts[part].trim() !== "");
  }

  /** Reads what is stored, and what the feed sent lately. */
  async load(): Promise<void> {
    if (this.phase !== "unread") return;
    this.phase = "loading";
    this.trouble = null;
    try {
      const [stored, seen] = await Promise.all([this.#backend.templates(this.#feed), this.#backend.seen(this.#feed)]);
      this.#stored = stored;
      this.texts = { ...stored };
      this.seen = seen;
      this.phase = "ready";
      await this.try();
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
      this.phase = "unread";
    }
  }

  /** Shows how the last events would read, after a pause in typing. */
  soon(part: TemplatePart): void {
    delete this.faults[part];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.try(), TRY_AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#turn++;
  }

  /** Shows how the last events would read; tells whether all templates can be used. */
  async try(): Promise<boolean> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    try {
      const { previews, faults } = await this.#backend.tryTemplates(this.#feed, $state.snapshot(this.texts));
      if (turn === this.#turn) {
        this.previews = previews;
        this.trouble = null;
        this.#take(faults);
      }
      return faults.length === 0;
    } catch (thrown) {
      if (turn === this.#turn) this.trouble = failureOf(thrown).message;
      return false;
    }
  }

  /** Tells whether they can be saved; what keeps them from it comes into sight. */
  async check(): Promise<boolean> {
    const right = !this.changed || (await this.try());
    this.open ||= !right;
    return right;
  }

  /** Saves them where they were changed; tells whether they are saved. */
  async save(): Promise<boolean> {
    if (!this.changed) return true;
    const texts = $state.snapshot(this.texts);
    try {
      const faults = await this.#backend.setTemplates(this.#feed, texts);
      this.#take(faults);
      if (faults.length === 0) this.#stored = texts;
      else this.open = true;
      return faults.length === 0;
    } catch (thrown) {
      this.trouble = failureOf(thrown).message;
      this.open = true;
      return false;
    }
  }

  #take(faults: readonly TemplateFault[]): void {
    this.faults = {};
    for (const fault of faults) this.faults[fault.part] ??= fault;
  }
}

/** Writes what stands at a JSON path of the data. */
export function codeOf(path: string): string {
  return `{{ json${path.startsWith("[") ? "" : "."}${path} }}`;
}
