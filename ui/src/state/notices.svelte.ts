// The one sentence the window says about what was just asked of it.

export type Notice = { text: string; tone: "done" | "failed" };

/** Long enough to read a sentence twice. */
const SHOWN_MS = 8_000;

export class Notices {
  current = $state.raw<Notice | null>(null);
  /** Read aloud and not drawn, because the window shows it already. */
  aside = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, tone: Notice["tone"] = "done"): void {
    this.current = { text, tone };
    this.resume();
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }

  /** Keeps the sentence while it is pointed at or focused. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  /** Lets the sentence go again after its time. */
  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), SHOWN_MS);
  }
}
