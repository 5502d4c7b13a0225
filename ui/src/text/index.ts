// The sentences of the window in the language in use.
import type { Language } from "../ipc/bindings";
import type { english } from "./en";
import { learn } from "./said";
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

export { said } from "./said";

/** Loaded by `speak` before anything is shown. */
export let text: Text;

type Engine = { sentences(language: Language): Promise<[string, string][]> };

let asked = 0;

/** Loads a language, with what the engine says in it, and makes it the one that is spoken. */
export async function speak(wanted: Language, engine: Engine | null): Promise<void> {
  const turn = ++asked;
  const tag = tagOf(wanted);
  // What the engine says is written in English, which stays readable where its answer fails.
  const [found, sentences] = await Promise.all([LANGUAGES[tag]!(), tag === "en" ? [] : engine?.sentences(tag as Language).catch(() => [])]);
  if (turn !== asked) return;
  text = found;
  learn(sentences ?? []);
  Object.assign(document.documentElement, { lang: text.language, dir: text.direction });
}

/** The language of the sentences that a wish stands for; where none of the person's is known, English. */
function tagOf(wanted: Language): string {
  if (MADE_UP !== null) return MADE_UP;
  if (wanted !== "system") return wanted;
  const tags = (navigator.languages ?? []).map((tag) => tag.slice(0, 2).toLowerCase());
  return tags.find((tag) => Object.hasOwn(LANGUAGES, tag)) ?? "en";
}
