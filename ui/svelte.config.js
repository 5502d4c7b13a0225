// What the Svelte compiler is told: runes everywhere, styles in files so that a strict policy can forbid inline ones.
import { readdirSync } from "node:fs";

import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

const source = new URL("src/", import.meta.url);
const components = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".svelte")).sort();

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    runes: true,
    css: "external",
    modernAst: true,
    // Elements are made one by one: nothing of the window is ever parsed as HTML, and it weighs less.
    fragments: "tree",
    // It stands at almost every element and rule, where a hash would be what weighs most.
    cssHash: ({ hash, css, filename }) => {
      const place = components.findIndex((name) => filename.endsWith(`src/${name}`));
      return place < 0 ? `_${hash(css)}` : `_${place.toString(36)}`;
    },
  },
};
