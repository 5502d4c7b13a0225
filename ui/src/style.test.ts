// The styles know no left and right: a window that is read from right to left is the same one, mirrored.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

const PHYSICAL = [
  /(?<![\w-])(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius\b/,
  /(?<![\w-])(?:left|right)\s*:/,
  /(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
  /(?<![\w-])(?:margin|padding|inset)\s*:\s*[^\s;]+\s+(?<right>[^\s;]+)\s+[^\s;]+\s+(?!\k<right>\s*;)[^\s;]+\s*;/,
];

/** Everything that styles the window, by its file. */
function styles(): [file: string, css: string][] {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:svelte|css)$/.test(name));
  return files.map((file) => {
    const source = readFileSync(join(import.meta.dirname, file), "utf8");
    const css = file.endsWith(".css") ? source : (/<style>([^]*)<\/style>/.exec(source)?.[1] ?? "");
    return [file, css.replace(/\/\*[^]*?\*\//g, "")];
  });
}

function faultsOf(css: string): string[] {
  // A calculation is one value, whatever is in it.
  return css.split("\n").map((line) => line.trim()).filter((line) => PHYSICAL.some((pattern) => pattern.test(line.replace(/\((?:[^()]|\([^()]*\))*\)/g, "()"))));
}

test("nothing is laid out for one direction", () => {
  const all = styles();
  expect(all.length).toBeGreaterThan(50);
  for (const [file, css] of all) expect(faultsOf(css), file).toEqual([]);
});

test("what would be is found", () => {
  for (const line of ["margin-left: 1px;", "right: 0;", "text-align: left;", "padding: 1px 2px 3px 4px;", "padding: calc(1rem * var(--air)) 1px 2px 3px;", "border-top-left-radius: 2px;", "float: right;"]) expect(faultsOf(line), line).toEqual([line]);
  for (const line of ["margin-inline-start: 1px;", "padding: 1px 2px 3px 2px;", "padding: calc(1rem * var(--air)) 2px;", "text-align: end;", "background: linear-gradient(to right, red, blue);", ".left {"]) expect(faultsOf(line), line).toEqual([]);
});
