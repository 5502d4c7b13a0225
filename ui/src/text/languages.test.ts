// Every language says everything: the same sentences, with what they are given, and in its own words.
import { afterAll, describe, expect, it } from "vitest";

import { said, speak, text } from ".";
import { german } from "./de";
import { english } from "./en";
import { madeUp } from "./pseudo";
import { learn } from "./said";

/** The same in both languages: names, signs, examples, and words that German took over. */
const SAME = /^(?:[^\p{L}]*|Tidings|Feeds?|Live|Offline|Name|Details|Normal|Token|Proxy|Emoji|Link|Test|Parameter|Format|Code|System|English|Deutsch|Icon|access_token|https?:\S+|JSON Lines|CSV|Markdown|ntfy|Mercure|nchan|Mastodon|Home Assistant|Wikimedia EventStreams|Firebase Realtime Database|Server-Sent Events|Mo|Fr|Sa|\d+ (?:min|h)|(?:temp|-test|[a-z]+:).*|\{\{.*\}\}|\{%.*%\}|[a-z,?/]|F6|Escape|Enter|[jk] [↓↑]|→|replace\("a", "b"\)|ltr|\/ min|F\d|[A-Z][a-z]+ · .*)$/u;

type Leaf = [path: string, english: unknown, german: unknown];

function leaves(one: unknown, other: unknown, path = ""): Leaf[] {
  if (typeof one !== "object" || one === null) return [[path, one, other]];
  expect(Object.keys(other as object), path).toEqual(expect.arrayContaining(Object.keys(one)));
  expect(Object.keys(one), path).toEqual(expect.arrayContaining(Object.keys(other as object)));
  return Object.entries(one).flatMap(([name, inside]) => leaves(inside, (other as Record<string, unknown>)[name], `${path}.${name}`));
}

const all = leaves(english, german);

describe("German", () => {
  it("is of the same shape, down to each kind of sentence", () => {
    expect(all.length).toBeGreaterThan(400);
    for (const [path, one, other] of all) expect(typeof other, path).toBe(typeof one);
  });

  it("says nothing in English", () => {
    const left = all.filter(([, one, other]) => typeof one === "string" && one === other && !SAME.test(one));
    expect(left.map(([path, one]) => `${path}: ${one as string}`)).toEqual([]);
  });

  it("uses what a sentence is given", () => {
    const simple = all.filter((leaf): leaf is [string, (...given: string[]) => unknown, (...given: string[]) => unknown] => typeof leaf[1] === "function");
    const marks = ["⟪a⟫", "⟪b⟫", "⟪c⟫"];
    let tried = 0;
    for (const [path, one, other] of simple) {
      const words = (say: (...given: string[]) => unknown) => {
        try {
          return say(...marks);
        } catch {
          return null; // It is given something else than words.
        }
      };
      const [first, second] = [words(one), words(other)];
      // Where it is a key into something, there is nothing to compare.
      if (typeof first !== "string" || first === "undefined" || typeof second !== "string") continue;
      tried += 1;
      for (const mark of marks) expect(second.includes(mark), `${path} and ${mark}: ${second}`).toBe(first.includes(mark));
    }
    expect(tried).toBeGreaterThan(60);
  });

  it("counts, quotes and writes dates as German does", () => {
    expect(german.feeds.spoken("Deploys", "Live", null, 1)).toBe("Deploys, Live, 1 ungelesenes Ereignis");
    expect(german.feeds.spoken("Deploys", "Live", null, 1200)).toBe("Deploys, Live, 1.200 ungelesene Ereignisse");
    expect(german.feeds.removed("Wetter")).toBe("„Wetter“ entfernt.");
    expect(german.times.day(new Date(2026, 10, 19).getTime(), new Date(2026, 10, 21).getTime())).toBe("Donnerstag, 19. November");
    expect(german.dashboard.measured(12.5, "%")).toBe("12,5\u00a0%");
    expect(german.state.full({ kind: "waiting", untilMs: 72_000, why: { code: "other", message: "Nichts." } }, 0)).toBe("Nächster Versuch in 1 min 12 s – Nichts.");
  });

  it("puts rules into sentences", () => {
    const when = { feeds: [], types: ["alert"], text: "", json: [{ path: "a.b", is: "greater" as const, value: "5" }], atLeast: "high" as const, atMost: null, hours: { from: "22:00", to: "06:00", days: ["mon" as const, "tue" as const, "wed" as const] } };
    const then = { popup: false, priority: null, sound: null, stays: false, read: true, star: false };
    expect(german.rules.sentence({ name: "", enabled: true, when, then } as never, () => "")).toBe("Ereignisse vom Typ „alert“, mit a.b größer als 5, von hoher Priorität oder darüber, zwischen 22:00 und 06:00 am Montag bis Mittwoch: nur speichern; als gelesen markieren.");
  });
});

it("made-up languages are English that can be told apart, whatever a sentence is given", () => {
  const { feeds, times, direction } = madeUp("rtl");
  expect(feeds.add).toBe("⟦Áďď ƒééď···⟧");
  expect(feeds.removed("x")).toMatch(/^⟦.*⟧$/);
  expect(times.day(0, 0)).toMatch(/^⟦.*⟧$/);
  expect(direction).toBe("rtl");
});

describe("what the engine says", () => {
  afterAll(() => learn([]));

  it("is said with what stands in its holes, which is said too", () => {
    learn([["It broke.", "Es ging kaputt."], ["ended after {}: {}", "endete nach {}: {}"], ["{} (404)", "{} (404)"], ["a.b {}", "c {}"]]);
    expect(said("It broke.")).toBe("Es ging kaputt.");
    expect(said("ended after 2 s: It broke.")).toBe("endete nach 2 s: Es ging kaputt.");
    expect(said("ended after 2 s: It broke. (404)")).toBe("endete nach 2 s: Es ging kaputt. (404)");
    expect(said("ended after $1: $&")).toBe("endete nach $1: $&");
    expect(said("axb y")).toBe("axb y");
    expect(said("Something else.")).toBe("Something else.");
  });
});

describe("speaking", () => {
  afterAll(() => speak("en", null));

  it("takes the language that is wished for, with what the engine says in it", async () => {
    await speak("de", { sentences: async () => [["It broke.", "Es ging kaputt."]] });
    expect([text.language, said("It broke."), document.documentElement.lang]).toEqual(["de", "Es ging kaputt.", "de"]);
    await speak("en", null);
    expect([text.language, said("It broke.")]).toEqual(["en", "It broke."]);
  });

  it("stays with the last wish where several are on their way", async () => {
    await Promise.all([speak("en", null), speak("de", null), speak("en", null)]);
    expect(text.language).toBe("en");
  });

  it("goes on in English words where the engine doesn't answer", async () => {
    await speak("de", { sentences: () => Promise.reject(new Error("gone")) });
    expect([text.language, said("It broke.")]).toEqual(["de", "It broke."]);
  });
});
