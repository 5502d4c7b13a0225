// What the window's two libraries bring and it never uses, left out of the bundle: neither says so in a way that bundlers follow.
import type { Plugin } from "vite";

/** A file of a library, and what in it stands for something else here. */
type Cut = { file: string; from: RegExp; to: string };

const CUTS: readonly Cut[] = [
  // Svelte asks at every node whether it takes over a page that a server drew: nothing here does.
  { file: "svelte/src/internal/client/dom/hydration.js", from: /export let hydrating = false;/, to: "export const hydrating = false;" },
  { file: "svelte/src/internal/client/dom/hydration.js", from: /^\thydrating = value;$/m, to: "" },
  // Components of Svelte 4, `await` in markup and `$inspect.trace` are switched on by imports that the compiler doesn't write here.
  ...["async", "legacy", "tracing"].flatMap((mode) => [
    { file: "svelte/src/internal/flags/index.js", from: new RegExp(`export let ${mode}_mode_flag = false;`), to: `export const ${mode}_mode_flag = false;` },
    { file: "svelte/src/internal/flags/index.js", from: new RegExp(`^\\t${mode}_mode_flag = true;$`, "m"), to: `throw new Error("${mode} mode is left out");` },
  ]),
  { file: "svelte/src/internal/flags/index.js", from: /^\tasync_mode_flag = false;$/m, to: "" },
  // What uPlot offers for drawing in other ways than as lines is reached by its name only.
  { file: "uplot/dist/uPlot.esm.js", from: /^uPlot\.assign = assign;[^]*^(?=export \{)/m, to: "uPlot.pxRatio = pxRatio;\n" },
];

/** Fails the build where a library isn't as it was, so that nothing is left out by chance or creeps back. */
export function lean(): Plugin {
  return {
    name: "lean",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      return CUTS.filter(({ file }) => id.endsWith(file)).reduce<string | null>((left, { file, from, to }) => {
        const text = left ?? code;
        if (!from.test(text)) this.error(`${file} isn't as lean.ts expects: ${from}`);
        return text.replace(from, to);
      }, null);
    },
  };
}
