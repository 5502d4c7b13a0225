// The sentences of the window in the language in use.
import { english } from "./en";

/** What a language must say; another one is a file beside en.ts and a line here. */
export type Text = typeof english;

export const text: Text = english;
