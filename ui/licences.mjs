// Writes licences.json: what ships with the window and the program, under which licences, and each text once.
//   node licences.mjs            writes it anew
//   node licences.mjs --check    fails where it isn't as Cargo.lock and package-lock.json have it
// Asks no network: cargo has the sources, node_modules the rest.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const OUT = join(here, "src/licences.json");
/** The system that packages are made for; crates of others aren't in them. */
const TARGET = "x86_64-unknown-linux-gnu";
/** What the bundle holds of npm; the build fails where it holds another. */
const BUNDLED = ["@tauri-apps/api", "clsx", "esm-env", "svelte", "uplot"];
/** Of several licences to choose from, the first of these that is offered. */
const PREFERRED = ["MIT", "Apache-2.0", "BSD-3-Clause", "ISC", "Zlib", "BSL-1.0", "0BSD", "Unlicense", "CC0-1.0"];
/** Licences of many pages, often with an appendix about their use. */
const LONG = ["Apache-2.0", "MPL-2.0"];
const FILE = /^(licen[cs]e|copying|notice|unlicense)([-._].*)?$/i;
/** By these words a text is known for a licence. */
const MARKS = {
  MIT: /Permission is hereby granted, free of charge/,
  "Apache-2.0": /Apache License\s+Version 2\.0/,
  "BSD-3-Clause": /Neither the name/,
  "BSD-2-Clause": /Redistributions in binary form/,
  ISC: /Permission to use, copy, modify, and(\/or)? distribute/,
  Zlib: /provided 'as-is'/,
  "BSL-1.0": /Boost Software License/,
  "MPL-2.0": /Mozilla Public License Version 2\.0/,
  "Unicode-3.0": /UNICODE LICENSE V3/,
  Unlicense: /free and unencumbered software/,
  "CC0-1.0": /CC0 1\.0 Universal/,
  "CDLA-Permissive-2.0": /Community Data License Agreement/,
};

/** Crates that are linked into the program: not those that only build it. */
function crates() {
  const told = execFileSync("cargo", ["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET], { cwd: here, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  const { packages, resolve } = JSON.parse(told);
  const byId = new Map(packages.map((each) => [each.id, each]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const builds = ({ targets }) => targets.some(({ kind }) => kind.includes("proc-macro"));
  const found = new Set();
  const left = packages.filter(({ name, source }) => source === null && (name === "tidings" || name === "tidings-cli")).map(({ id }) => id);
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (found.has(id) || builds(byId.get(id))) continue;
    found.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) if (kinds.some(({ kind }) => kind === null)) left.push(pkg);
  }
  return [...found].map((id) => byId.get(id)).filter(({ name }) => !name.startsWith("tidings")).map(({ name, version, license, authors, manifest_path: manifest }) => ({ name, version, licence: license ?? "", authors, folder: dirname(manifest) }));
}

function modules() {
  return BUNDLED.map((name) => {
    const folder = join(here, "node_modules", name);
    const { version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name, version, licence: license, authors: [typeof author === "string" ? author : (author?.name ?? "")], folder };
  });
}

/** The licences that hold of an expression. */
function chosen(expression) {
  return expression.replaceAll(/[()]/g, " ").replaceAll("/", " OR ").split(" AND ").map((part) => {
    const offered = part.split(" OR ").map((each) => each.trim());
    return PREFERRED.find((each) => offered.includes(each)) ?? offered[0];
  });
}

/** A text without the lines that say whose it is, and those lines. */
function parted(text) {
  const lines = text.replaceAll("\r", "").split("\n").map((line) => line.trim());
  // Capitals begin sentences of the licence itself.
  const isOwner = (line) => /^(Portions |\/\/ )?(©|\([cC]\) (Copyright )?\d|(Copyright:?|COPYRIGHT)( \([cC]\)| ©)?,? ?(\d|the |[A-Z][a-z]))/.test(line) && !/^Copyright (Notice|Owner|License|Holder|Statement)/.test(line);
  const owners = lines.filter(isOwner).filter((line) => !/\[yyyy\]|\{yyyy\}|Free Software Foundation/.test(line));
  const paragraphs = lines.filter((line) => !isOwner(line) && !/^all rights reserved\.?$/i.test(line)).join("\n").split(/\n\s*\n/).map((each) => each.replaceAll(/\s+/g, " ").trim());
  return { owners, text: paragraphs.filter((each) => each !== "").join("\n\n") };
}

function gather() {
  const texts = [];
  const index = new Map();
  const standard = new Map();
  const keep = (name, text) => {
    // Copies differ in headings, marks and what is said around the long ones; what counts are the words of the licence.
    const words = text.slice(text.search(MARKS[name])).toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    const key = `${name} ${LONG.includes(name) ? words.slice(0, 5_000) : words}`;
    if (!index.has(key)) index.set(key, texts.push({ name, text }) - 1);
    return index.get(key);
  };
  const all = [...crates(), ...modules()].sort((one, other) => (one.name === other.name ? (one.version < other.version ? -1 : 1) : one.name < other.name ? -1 : 1));
  const packages = all.map(({ name, version, licence, authors, folder }) => {
    const files = readdirSync(folder).filter((file) => FILE.test(file)).sort().map((file) => {
      try { return parted(readFileSync(join(folder, file), "utf8")); } catch { return { owners: [], text: "" }; }
    });
    const wanted = chosen(licence);
    const found = wanted.map((each) => {
      const file = files.find(({ text }) => MARKS[each]?.test(text.replaceAll(/\s+/g, " ")));
      if (file === undefined) return [each];
      const at = keep(each, file.text);
      if (!standard.has(each)) standard.set(each, at);
      return [each, at];
    });
    const owners = [...new Set(files.flatMap((file) => file.owners))];
    const by = owners.length > 0 ? owners : authors.filter(Boolean).map((author) => author.replace(/\s*<.*>/, ""));
    return { name, version, licence, by, found };
  });
  // Who ships no text means the usual one.
  return { texts, packages: packages.map(({ found, ...each }) => ({ ...each, texts: found.map(([licence, at]) => at ?? standard.get(licence)).filter((at) => at !== undefined), missing: found.filter(([licence, at]) => at === undefined && !standard.has(licence)).map(([licence]) => licence) })) };
}

const { texts, packages } = gather();
const untold = packages.filter(({ licence, texts: told, missing }) => licence === "" || told.length === 0 || missing.length > 0);
if (untold.length > 0) {
  console.error(`no text is known for: ${untold.map(({ name, licence }) => `${name} (${licence})`).join(", ")}`);
  process.exit(1);
}
const written = `${JSON.stringify({ packages: packages.map(({ missing, ...each }) => each), texts }, null, 1)}\n`;
if (!process.argv.includes("--check")) writeFileSync(OUT, written);
else if (readFileSync(OUT, "utf8") !== written) {
  console.error("ui/src/licences.json isn't current: make licences");
  process.exit(1);
}
