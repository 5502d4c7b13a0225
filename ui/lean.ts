// What is in the bundle: nothing that its libraries bring and it never uses, and nothing whose licence isn't told.
import { readFileSync } from "node:fs";

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
  // Nobody asks a page of the app which Svelte drew it.
  { file: "svelte/src/internal/disclose-version.js", from: /^if \(typeof window[^]*/m, to: "" },
  // No class here is a list of classes.
  { file: "svelte/src/internal/shared/attributes.js", from: /return _clsx\(value\);/, to: 'throw new Error("lists of classes are left out");' },
  // Charts here are lines over time: no legend, no points in a plane, no logarithms, and their own words at the axes.
  ...([
    [/const showLegend = legend\.show;/, "const showLegend = false;"],
    [/if \(legend\.show && legend\.live && shouldSetLegend\)/, "if (false)"],
    [/const ms = opts\.ms \|\| 1e-3;/, "const ms = 1;"],
    [/const mode = self\.mode;/, "const mode = 1;"],
    [/const _timeAxisVals {3}= timeAxisVals\(.*\);/, "const _timeAxisVals = null;"],
    [/const _timeSeriesVal {2}= timeSeriesVal\(.*\);/, "const _timeSeriesVal = null;"],
    [/\(isStr\(sv\) \? timeSeriesVal\(.*?\) : sv \|\| _timeSeriesVal\)/, "sv"],
    [/isArr\(av\) \?[^]*?timeAxisVal\(_tzDate, av\) :\s*av \|\| _timeAxisVals/, "av"],
    [/sc\.distr == 3 \? logAxisSplits : sc\.distr == 4 \? asinhAxisSplits : numAxisSplits/, "numAxisSplits"],
    [/sc\.distr == 3 \? snapLogX : sc\.distr == 4 \? snapAsinhX : snapNumX/, "snapNumX"],
    [/sc\.distr == 3 \? snapLogY : sc\.distr == 4 \? snapAsinhY : snapNumY/, "snapNumY"],
    [/if \(xScaleDistr == 3\)\s*\[_min, _max\] = rangeLog\(.*\);\s*else if \(xScaleDistr == 4\)\s*\[_min, _max\] = rangeAsinh\(.*\);\s*else if/, "if"],
    [/if \(legend\.live\) \{\s*const getMultiVals/, "if (false) {\n\t\tconst getMultiVals"],
    [/sc\.distr >= 3 && sc\.log == 10 \? log10AxisValsFilt : sc\.distr == 3 && sc\.log == 2 \? log2AxisValsFilt : retArg1/, "retArg1"],
    // What it offers to draw in other ways is reached by its name only.
    [/^uPlot\.assign = assign;[^]*^(?=export \{)/m, "uPlot.pxRatio = pxRatio;\n"],
  ] as const).map(([from, to]) => ({ file: "uplot/dist/uPlot.esm.js", from, to })),
  { file: "uplot/dist/uPlot.min.css", from: /font-family: [^;]*;/, to: "" },
  { file: "uplot/dist/uPlot.min.css", from: /\.u-title \{[^}]*\}/, to: "" },
  { file: "uplot/dist/uPlot.min.css", from: /\.u-legend \{[^]*(?=\.u-select \{)/, to: "" },
];

/** Leaves out what no bundler can know to be unused; fails the build where a library isn't as it was, so that nothing is left out by chance or creeps back. */
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

/** Fails the build where the bundle holds a package that licences.json doesn't name. */
export function told(): Plugin {
  return {
    name: "told",
    apply: "build",
    generateBundle(_, bundle) {
      const { packages } = JSON.parse(readFileSync(new URL("src/licences.json", import.meta.url), "utf8")) as { packages: { name: string }[] };
      const names = new Set(packages.map(({ name }) => name));
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === "chunk" ? chunk.moduleIds : []) {
          const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
          if (name !== undefined && !names.has(name)) this.error(`${name} is in the bundle and not in licences.json: name it in licences.mjs, then make licences`);
        }
      }
    },
  };
}
