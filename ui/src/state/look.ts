// How the window is dressed: attributes of the page that the styles follow, kept for the next start's first paint.
import type { Language, Window as Dress } from "../ipc/bindings";
import { LANGUAGES } from "./choices";

/** By this name public/look.js finds it. */
const KEPT = "look";

/** Dresses the page and keeps how. */
export function wear({ theme, density, textPercent, language }: Dress, root: HTMLElement, kept: Pick<Storage, "setItem">): void {
  const text = textPercent / 100;
  root.dataset["theme"] = theme;
  root.dataset["density"] = density;
  root.style.setProperty("--text", String(text));
  try {
    kept.setItem(KEPT, JSON.stringify({ theme, density, text, language }));
  } catch {
    // The next start asks the engine; all that is lost is its first frame.
  }
}

/** The language that was last wished for, so that a start needs no answer of the engine to speak. */
export function wished(kept: Pick<Storage, "getItem">): Language {
  try {
    const { language } = JSON.parse(kept.getItem(KEPT) ?? "{}") as Partial<Dress>;
    return LANGUAGES.find((known) => known === language) ?? "system";
  } catch {
    return "system";
  }
}
