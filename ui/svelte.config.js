// What the Svelte compiler is told: runes everywhere, styles in files so that a strict policy can forbid inline ones.
import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true, css: "external", modernAst: true },
};
