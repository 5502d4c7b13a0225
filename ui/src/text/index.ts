// The sentences of the window in the language in use.
import type { Language } from "../ipc/bindings";
import type { english } from "./en";
import type { Same } from "./same";

/** What a language must say; another one is a file beside en.ts and a line below. */
export type Text = Same<typeof english>;

/** Every language is loaded by itself: a window needs one. */
const LANGUAGES: Record<string, () => Promise<Text>> = {
  en: async () => (await import("./en")).english,
  de: async () => (await import("./de")).german,
};

/** Known when building: made-up languages are no part of the app. */
const MADE_UP = import.meta.env.MODE === "fake" ? new URLSearchParams(location.search).get("lang") : null;
if (MADE_UP !== null) LANGUAGES[MADE_UP] = async () => (await import("./pseudo")).madeUp(MADE_UP);

/** Loaded by `speak` before anything is shown. */
export let text: Text;

let asked = 0;

/** Loads a language and makes it the one that is spoken. */
export async function speak(wanted: Language): Promise<void> {
  const turn = ++asked;
  const found = await LANGUAGES[tagOf(wanted)]!();
  if (turn !== asked) return;
  text = found;
  Object.assign(document.documentElement, { lang: text.language, dir: text.direction });
}

/** The language of the sentences that a wish stands for; where none of the person's is known, English. */
function tagOf(wanted: Language): string {
  if (MADE_UP !== null) return MADE_UP;
  if (wanted !== "system") return wanted;
  const tags = (navigator.languages ?? []).map((tag) => tag.slice(0, 2).toLowerCase());
  return tags.find((tag) => Object.hasOwn(LANGUAGES, tag)) ?? "en";
}
