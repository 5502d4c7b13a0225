// Made-up languages for the browser tests: English that shows where a sentence is hard-coded or finds no room.
import type { Text } from ".";
import { english } from "./en";

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED = "áƀćďéƒĝĥíĵķļɱñóþɋŕšťúṽŵẋýžÁƁĆĎÉƑĜĤÍĴĶĻḾÑÓÞɊŔŠŤÚṼŴẊÝŽ";

/** Gives English accented, bracketed and a third longer; "rtl" reads from right to left. */
export function madeUp(name: string): Text {
  return { ...(made(english) as Text), language: "en", direction: name === "rtl" ? "rtl" : "ltr" };
}

function made(piece: unknown): unknown {
  if (typeof piece === "string") return stretched(piece);
  if (typeof piece === "function") return (...given: unknown[]) => made((piece as (...given: unknown[]) => unknown)(...given));
  if (Array.isArray(piece)) return piece.map(made);
  if (typeof piece === "object" && piece !== null) return Object.fromEntries(Object.entries(piece).map(([name, inside]) => [name, made(inside)]));
  return piece;
}

/** What was made of a sentence already, or has no words, stays as it is. */
function stretched(words: string): string {
  if (!/\p{L}/u.test(words) || words.startsWith("⟦")) return words;
  const letters = [...words].map((letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
  return `⟦${letters.join("")}${"·".repeat(Math.ceil(letters.length / 3))}⟧`;
}
