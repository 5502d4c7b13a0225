// Adds what of npm is in the window to cargo's list of what is in the programs (CycloneDX).
//   node sbom.mjs CARGO'S-LIST RESULT
// The window's build fails where it holds another package than licences.json names, so those names are what ships.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const ui = join(root, "ui");
const [, , from, to] = process.argv;
const read = (file) => JSON.parse(readFileSync(file, "utf8"));

// Cargo names our own parts by where they lie on this machine.
const list = JSON.parse(readFileSync(from, "utf8").replaceAll(`file://${root}/`, "file:///tidings/"));
const shipped = read(join(ui, "src/licences.json")).packages;
const locked = read(join(ui, "package-lock.json")).packages;

const crates = new Set(list.components.map(({ name, version }) => `${name} ${version}`));
const missing = [];
for (const { name, version, licence } of shipped) {
  if (crates.has(`${name} ${version}`)) continue;
  const entry = locked[`node_modules/${name}`];
  if (entry?.version !== version) {
    missing.push(`${name} ${version}`);
    continue;
  }
  const [algorithm, sum] = entry.integrity.split("-");
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  list.components.push({
    type: "library",
    "bom-ref": purl,
    name,
    version,
    scope: "required",
    hashes: [{ alg: algorithm.replace("sha", "SHA-"), content: Buffer.from(sum, "base64").toString("hex") }],
    licenses: [{ expression: licence }],
    purl,
  });
  list.dependencies.find(({ ref }) => ref === list.metadata.component["bom-ref"]).dependsOn.push(purl);
}
if (missing.length > 0) throw new Error(`licences.json names what neither cargo nor npm has: ${missing.join(", ")}`);
writeFileSync(to, `${JSON.stringify(list, null, 2)}\n`);
