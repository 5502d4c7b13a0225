// How the window is dressed: attributes of the page that the styles follow, kept for the next start's first paint.
import type { Window as Dress } from "../ipc/bindings";

/** By this name public/look.js finds it. */
const KEPT = "look";

/** Dresses the page and keeps how. */
export function wear({ theme, density, textPercent }: Dress, root: HTMLElement, kept: Pick<Storage, "setItem">): void {
  const text = textPercent / 100;
  root.dataset["theme"] = theme;
  root.dataset["density"] = density;
  root.style.setProperty("--text", String(text));
  try {
    kept.setItem(KEPT, JSON.stringify({ theme, density, text }));
  } catch {
    // The next start asks the engine; all that is lost is its first frame.
  }
}
