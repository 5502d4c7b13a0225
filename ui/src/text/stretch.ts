// English as the made-up languages write it.

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED = "áƀćďéƒĝĥíĵķļɱñóþɋŕšťúṽŵẋýžÁƁĆĎÉƑĜĤÍĴĶĻḾÑÓÞɊŔŠŤÚṼŴẊÝŽ";

/** What was made of a sentence already, or has no words, stays as it is. */
export function stretched(words: string): string {
  if (!/\p{L}/u.test(words) || /^⟦[^⟧]*⟧$/.test(words)) return words;
  const letters = [...words].map((letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
  // In words, so that what is longer can be broken where a translation could.
  const longer = "·".repeat(Math.ceil(letters.length / 3)).replace(/·{6}(?=·)/g, "$& ");
  return `⟦${letters.join("")}${longer}⟧`;
}
