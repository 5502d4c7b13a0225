// Made-up languages for the browser tests: English that shows where a sentence is hard-coded or finds no room.
import type { Text } from ".";
import { english } from "./en";
import { stretched } from "./stretch";

/** Gives English accented, bracketed and a third longer; "rtl" reads from right to left. The tags are those that Android and the CLDR use. */
export function madeUp(name: string): Text {
  return { ...(made(english) as Text), ...(name === "rtl" ? { language: "ar-XB", direction: "rtl" } : { language: "en-XA" }) };
}

function made(piece: unknown): unknown {
  if (typeof piece === "string") return stretched(piece);
  if (typeof piece === "function") return (...given: unknown[]) => made((piece as (...given: unknown[]) => unknown)(...given));
  if (Array.isArray(piece)) return piece.map(made);
  if (typeof piece === "object" && piece !== null) return Object.fromEntries(Object.entries(piece).map(([name, inside]) => [name, made(inside)]));
  return piece;
}
