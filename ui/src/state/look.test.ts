// How the page is dressed.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

import { beforeEach, expect, test } from "vitest";

import type { Window as Dress } from "../ipc/bindings";
import { wear, wished } from "./look";

const DARK: Dress = { theme: "dark", density: "compact", textPercent: 150, onClose: "tray", hiddenAtLogin: true, language: "de" };
const ROOT = document.documentElement;

/** What runs before the first paint. */
const SCRIPT = readFileSync(`${import.meta.dirname}/../../public/look.js`, "utf8");
const first = () => void runInThisContext(SCRIPT);

function worn(): unknown[] {
  return [ROOT.dataset["theme"], ROOT.dataset["density"], ROOT.style.getPropertyValue("--text")];
}

beforeEach(() => {
  localStorage.clear();
  delete ROOT.dataset["theme"];
  delete ROOT.dataset["density"];
  ROOT.style.removeProperty("--text");
});

test("the next start is dressed before the engine has answered", () => {
  wear(DARK, document.createElement("html"), localStorage);
  expect(worn()).toEqual([undefined, undefined, ""]);
  first();
  expect(worn()).toEqual(["dark", "compact", "1.5"]);
});

test("what can't be read or kept leaves the page as the desktop says", () => {
  for (const odd of ["", "{", "null", '{"theme":5,"text":"big"}']) {
    localStorage.setItem("look", odd);
    first();
    expect(worn(), odd).toEqual([undefined, undefined, ""]);
  }
  wear(DARK, ROOT, { setItem: () => { throw new Error("full"); } });
  expect(worn()).toEqual(["dark", "compact", "1.5"]);
});

test("the next start knows its language before the engine has answered", () => {
  expect(wished(localStorage)).toBe("system");
  wear(DARK, ROOT, localStorage);
  expect(wished(localStorage)).toBe("de");
  for (const odd of ["", "null", '{"language":"xx"}']) {
    localStorage.setItem("look", odd);
    expect(wished(localStorage), odd).toBe("system");
  }
});
