// What a row of the history says.
import type { EventRow } from "../ipc/bindings";
import { said } from "../text";

/** The type of the rows by which the history says for itself where events may be missing. */
const OWN_TYPE = "tidings-gap";

/** Gives a row's words in the language in use where they are the program's own, and as they came where a server wrote them. */
export function told({ eventType }: Pick<EventRow, "eventType">, words: string): string {
  return eventType === OWN_TYPE ? said(words) : words;
}
