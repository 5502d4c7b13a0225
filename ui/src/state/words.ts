// Splits a command into its words as a POSIX shell does, without ever being one: what needs a shell is refused.

export type Words = { kind: "words"; words: string[] } | { kind: "unfinished" } | { kind: "needsShell"; what: string };

/** Escapes of `$'…'` that are one character each. */
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", e: "\x1b", E: "\x1b", f: "\f", v: "\v", "\\": "\\", "'": "'", '"': '"', "?": "?" };

/** Gives the words up to the end of the first command. */
export function wordsOf(text: string): Words {
  const reader = new Reader(text);
  try {
    return { kind: "words", words: reader.all() };
  } catch (stopped) {
    if (stopped instanceof Stopped) return stopped.why;
    throw stopped;
  }
}

class Stopped extends Error {
  readonly why: Words;
  constructor(why: Words) {
    super(why.kind);
    this.why = why;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): string[] {
    const words: string[] = [];
    for (;;) {
      this.#skipBlanks();
      // A pipe, a redirection or a further command is none of this command's words.
      if (this.#at >= this.#text.length || /^(?:[|;]|&(?=&|\s|$)|\d?>|#|\n)/.test(this.#text.slice(this.#at, this.#at + 3))) return words;
      words.push(this.#word());
    }
  }

  #skipBlanks(): void {
    const blanks = /(?:[ \t\r]|\\\r?\n)*/y;
    blanks.lastIndex = this.#at;
    this.#at += blanks.exec(this.#text)![0].length;
  }

  #word(): string {
    let word = "";
    const ends = /\s|;(?=\s|$)/y;
    for (ends.lastIndex = this.#at; this.#at < this.#text.length && !ends.test(this.#text); ends.lastIndex = this.#at) word += this.#piece();
    return word;
  }

  #piece(): string {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    if (rest === "$'") return this.#ansi();
    // A translated text is a plain one.
    if (rest === '$"') this.#at++;
    const character = this.#text[this.#at]!;
    if (character === "'") return this.#single();
    if (character === '"') return this.#double();
    if (character === "\\") return this.#escaped();
    this.#refuseShell();
    this.#at++;
    return character;
  }

  #escaped(): string {
    const next = this.#text[this.#at + 1];
    if (next === undefined) throw new Stopped({ kind: "unfinished" });
    const length = next === "\r" && this.#text[this.#at + 2] === "\n" ? 3 : 2;
    this.#at += length;
    return next === "\n" || length === 3 ? "" : next;
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new Stopped({ kind: "unfinished" });
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inside;
  }

  #double(): string {
    let inside = "";
    this.#at++;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw new Stopped({ kind: "unfinished" });
      if (character === '"') break;
      if (character === "\\" && /["\\$`\n]/.test(this.#text[this.#at + 1] ?? "")) {
        inside += this.#escaped();
        continue;
      }
      this.#refuseShell();
      inside += character;
      this.#at++;
    }
    this.#at++;
    return inside;
  }

  /** Reads `$'…'`. */
  #ansi(): string {
    let inside = "";
    const pieces = /\\x([\da-fA-F]{1,2})|\\u([\da-fA-F]{1,4})|\\U([\da-fA-F]{1,8})|\\([0-7]{1,3})|\\([^])|([^\\'])|(')/y;
    pieces.lastIndex = this.#at + 2;
    for (let piece = pieces.exec(this.#text); piece !== null; piece = pieces.exec(this.#text)) {
      const [all, byte, short, long, octal, escape, plain, end] = piece;
      if (end !== undefined) {
        this.#at = pieces.lastIndex;
        return inside;
      }
      const code = parseInt(byte ?? short ?? long ?? octal ?? "", byte ?? short ?? long ? 16 : 8);
      if (!Number.isNaN(code)) inside += code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
      else inside += plain ?? ESCAPES[escape!] ?? all;
    }
    throw new Stopped({ kind: "unfinished" });
  }

  /** What a shell would put in here is not known. */
  #refuseShell(): void {
    const found = /^(?:\$(?:\w+|\{[^}]*\}?|\([^)]*\)?)|`[^`]*`?)/.exec(this.#text.slice(this.#at, this.#at + 80));
    if (found !== null) throw new Stopped({ kind: "needsShell", what: found[0] });
  }
}
