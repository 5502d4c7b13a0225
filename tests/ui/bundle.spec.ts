// What the app ships is small, needs nothing from elsewhere, and holds no scripted backend.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect, test } from "@playwright/test";

/** What a webview loads, in whichever language; more would be felt on a slow disk. */
const GZIPPED_MAX = 150_000;

const dist = join(__dirname, "../../ui/dist");
const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("."));
const contents = files.map((name) => [name, readFileSync(join(dist, name))] as const);

/** A window loads one of these. */
const LANGUAGE = /^assets\/(de|en)-/;
/** Texts that nothing is drawn with: read when somebody opens them in the settings, so that no start waits for them. */
const LICENCES = /^assets\/licences-/;
/** All parts by name, and each licence once. */
const LICENCES_MAX = 40_000;

test("the bundle stays below its size in its largest language", () => {
  const sizes = contents.map(([name, content]) => [name, gzipSync(content, { level: 9 }).length] as const);
  const languages = sizes.filter(([name]) => LANGUAGE.test(name));
  expect(languages.map(([name]) => LANGUAGE.exec(name)![1]).sort()).toEqual(["de", "en"]);
  const [largest, words] = languages.reduce((most, each) => (each[1] > most[1] ? each : most));
  const sum = sizes.filter(([name]) => !LANGUAGE.test(name) && !LICENCES.test(name)).reduce((all, [, size]) => all + size, words);
  console.log(`bundle: ${sum} bytes gzipped, of them ${words} the sentences of ${LANGUAGE.exec(largest)![1]}`);
  expect(sum).toBeLessThan(GZIPPED_MAX);
});

test("licences are a file of their own that nothing loads at the start", () => {
  const files = contents.filter(([name]) => LICENCES.test(name));
  expect(files).toHaveLength(1);
  expect(gzipSync(files[0]![1]).length).toBeLessThan(LICENCES_MAX);
  for (const [name, content] of contents.filter(([name]) => !LICENCES.test(name))) expect(content.includes("Permission is hereby granted"), name).toBe(false);
  expect(readFileSync(join(dist, "index.html"), "utf8")).not.toContain("licences");
});

test("made-up languages are no part of it", () => {
  for (const [name, content] of contents) expect(content.includes("⟦"), name).toBe(false);
});

test("the scripted backend is no part of it", () => {
  for (const [name, content] of contents) expect(content.includes("Water in the cellar"), name).toBe(false);
});

test("the page holds no inline script, style or handler", () => {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
});

test("nothing points elsewhere", () => {
  for (const [name, content] of contents.filter(([name]) => !LICENCES.test(name))) {
    // What is put together from a person's own words points where they say.
    const found = content.toString().match(/https?:\/\/[^\s"'`)<$]+/g) ?? [];
    const known = /^https?:\/\/(www\.w3\.org\/|svelte\.dev\/e\/|example\.com\/events)/;
    expect(found.filter((url) => !known.test(url)), name).toEqual([]);
  }
});
